import { useEffect, useRef, useState } from "react";

const A_WHILE = 4_000;

/** Whether somebody's pointer is moving over an element: what it points at must not change then. */
export function useHand() {
  const [held, hold] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = () => {
    clearTimeout(timer.current);
    hold(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  function moved() {
    clearTimeout(timer.current);
    timer.current = setTimeout(release, A_WHILE);
    hold(true);
  }
  return { held, over: { onPointerMove: moved, onPointerLeave: release, onKeyDown: release } };
}
