import type { components } from "@generated/openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";

export type Role = components["schemas"]["Role"];
export type Account = components["schemas"]["AccountShown"];
type FirstPassword = components["schemas"]["FirstPassword"];

/** Whoever works in a shop, and can sign in for it. */
export const STAFF: readonly Role[] = ["agent", "supervisor", "warehouse", "finance", "owner"];

/** The shop's accounts; making one, locking it out or in, giving it a new password. */
export function useAccounts(merchant: string) {
  const queries = useQueryClient();
  const onSettled = () =>
    Promise.all(
      [["accounts"], ["permissions"], ["colleagues"]].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
  const accounts = useQuery({
    queryKey: ["accounts", merchant],
    queryFn: () =>
      answer(api.GET("/v1/merchants/{merchant}/accounts", { params: { path: { merchant }, query: { limit: 200 } } })),
  });
  const make = useMutation<FirstPassword, Problem, { account: string; roles: Role[] }>({
    mutationFn: (body) =>
      answer(api.POST("/v1/merchants/{merchant}/accounts", { params: { path: { merchant } }, body })),
    onSettled,
  });
  const reset = useMutation<FirstPassword, Problem, string>({
    mutationFn: (account) =>
      answer(
        api.POST("/v1/merchants/{merchant}/accounts/{account}/reset-password", {
          params: { path: { merchant, account } },
        }),
      ),
    onSettled,
  });
  const lock = useMutation<unknown, Problem, { account: string; locked: boolean }>({
    mutationFn: ({ account, locked }) =>
      answer(
        api.PUT("/v1/merchants/{merchant}/accounts/{account}/locked", {
          params: { path: { merchant, account } },
          body: { locked },
        }),
      ),
    onSettled,
  });
  return { accounts, make, reset, lock };
}
