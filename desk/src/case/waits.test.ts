import { expect, it } from "vitest";
import { parties } from "@/case/waits";

it("each party stands there once, with its tasks and the earliest time", () => {
  const since = "2026-11-11T00:00:00Z";
  const waits = [
    { party: "warehouse" as const, for: "receipt", since, until: "2026-11-20T00:00:00Z" },
    { party: "warehouse" as const, for: "inspect_return", since, until: "2026-11-12T00:00:00Z" },
    { party: "buyer" as const, for: "answer", since },
  ];
  const tasks = [{ type: "inspect_return", state: "open", title: "Inspect a return" }];
  expect(parties(waits, tasks)).toEqual([
    { party: "warehouse", tasks: ["Inspect a return"], until: "2026-11-12T00:00:00Z" },
    { party: "buyer", tasks: [], until: null },
  ]);
});
