import { QueryClient } from "@tanstack/react-query";

/** What was read of the API, kept for as long as a page may show it without asking again. */
export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, retry: 1 } },
});
