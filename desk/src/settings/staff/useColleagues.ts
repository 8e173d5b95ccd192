import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer } from "@/api/problem";

/** The shop's staff by name, for choosing from. */
export function useColleagues() {
  const found = useQuery({ queryKey: ["colleagues"], queryFn: () => answer(api.GET("/v1/accounts")) });
  return found.data?.items ?? [];
}
