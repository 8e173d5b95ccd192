import { useSyncExternalStore } from "react";
import { serverTime } from "@/app/serverTime";

/** The time by which cases live: the server's, also where that is a test clock. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(serverTime.subscribe, serverTime.now));
}
