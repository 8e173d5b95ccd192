import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { answer, type Problem } from "@/api/problem";

export const PERMISSIONS = ["logistics_tools"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The shop's accounts with what each is granted and up to which amount it may agree; and granting. */
export function usePermissions(merchant: string) {
  const queries = useQueryClient();
  const accounts = useQuery({
    queryKey: ["permissions", merchant],
    queryFn: () =>
      answer(api.GET("/v1/merchants/{merchant}/accounts", { params: { path: { merchant }, query: { limit: 200 } } })),
  });
  const grant = useMutation<unknown, Problem, { account: string; permissions: Permission[] }>({
    mutationFn: ({ account, permissions }) =>
      answer(
        api.PUT("/v1/merchants/{merchant}/accounts/{account}/permissions", {
          params: { path: { merchant, account } },
          body: { permissions },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["permissions"] }),
  });
  const limit = useMutation<unknown, Problem, { account: string; amount: string | null }>({
    mutationFn: ({ account, amount }) =>
      answer(
        api.PUT("/v1/merchants/{merchant}/accounts/{account}/authority", {
          params: { path: { merchant, account } },
          body: { currency: "CNY", amount },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ["permissions"] }),
  });
  return { accounts, grant, limit };
}
