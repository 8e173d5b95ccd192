import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "@/api/problem";

const ME = ["me"];

/** Whoever is told that the session is over asks who one is, and that leads to signing in. */
function look(error: Error, asking: readonly unknown[] = []) {
  const over = error instanceof Problem && error.status === 401;
  if (over && asking[0] !== ME[0]) void queries.invalidateQueries({ queryKey: ME });
}

/** What was read of the API, kept for as long as a page may show it without asking again. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => look(error, query.queryKey) }),
  mutationCache: new MutationCache({ onError: (error) => look(error) }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (failures, error) => failures < 1 && !(error instanceof Problem) },
  },
});
