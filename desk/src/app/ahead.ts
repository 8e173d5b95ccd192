import i18next from "i18next";
import { queries } from "@/app/queries";
import { readFilters } from "@/inbox/filters";
import { countsIn, tasksOf } from "@/inbox/useTasks";
import { ME } from "@/session/useMe";

const INBOX = ["/desk/", "/desk/inbox"];

/** Asks for what the page of an address shows first, before it is drawn: the answers come while scripts still run. */
export function askAhead({ pathname, search }: Location) {
  if (pathname === "/desk/sign-in") return;
  void queries.prefetchQuery(ME);
  if (!INBOX.includes(pathname)) return;
  void queries.prefetchInfiniteQuery(tasksOf(readFilters(new URLSearchParams(search)), i18next.language));
  void queries.prefetchQuery(countsIn(i18next.language));
}
