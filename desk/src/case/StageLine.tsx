import { Steps } from "antd";
import { useStages } from "@/case/useStages";

/** The stages of a kind of case, as declared, with the place at which this one stands. */
export function StageLine({ kind, stage }: { kind: string; stage: string }) {
  const stages = useStages().filter((one) => one.kind === kind);
  const current = stages.findIndex((one) => one.stage === stage);
  if (current < 0) return null;
  return (
    <Steps
      size="small"
      type="dot"
      current={current}
      className="case-stages"
      items={stages.map((one, place) => ({
        title: <span aria-current={place === current ? "step" : undefined}>{one.title}</span>,
        status: place === current ? "process" : "wait",
      }))}
    />
  );
}
