import { useEffect, useState } from "react";
import { useMe } from "@/session/useMe";

const STEP = 15_000;

/** The time by which cases live: the server's, also where that is a test clock. */
export function useNow(): Date {
  const aheadBy = useMe().data?.aheadBy ?? 0;
  const [ticked, tick] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), STEP);
    return () => clearInterval(timer);
  }, []);
  return new Date(ticked + aheadBy);
}
