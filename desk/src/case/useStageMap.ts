import { stageMap } from "@/case/stageMap";
import type { CasePage, Parts } from "@/case/useCase";
import { useStages } from "@/case/useStages";

/** How the lines of a case's own stages begin; an order's timeline tells of its children's, too. */
const TOLD_BY = {
  order: "order.",
  after_sale: "after_sale.",
  ship_hold: "hold.",
  parcel_intercept: "intercept.",
  complaint: "complaint.",
  platform_message: "message.",
};

/** The stages of this case's kind and service, with where it stands and has been. */
export function useStageMap(stands: CasePage, timeline: Parts["timeline"]) {
  const stages = useStages().filter((one) => one.kind === stands.kind);
  const service = stands.kind === "after_sale" ? stands.service : null;
  const told = (timeline?.items ?? []).filter((line) => line.type.startsWith(TOLD_BY[stands.kind]));
  const been = new Set(told.map((line) => String(line.data.stage ?? "")));
  const atTheDoor = stands.kind === "order" && stands.source === "cash_on_delivery";
  if (stages[0] && !atTheDoor) been.add(stages[0].stage); // where it was opened, which no line tells
  return stageMap(stages, service, stands.stage, been);
}
