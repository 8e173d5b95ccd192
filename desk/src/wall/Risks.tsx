import { byHour, hourOf } from "@/wall/risks";
import type { WallShown } from "@/wall/useWall";

/** What falls due in each of the next hours. */
export function Risks({ risks }: { risks: WallShown["at_risk"] }) {
  return (
    <ul className="wall-risks">
      {byHour(risks).map(({ hour, deadlines, kinds }) => (
        <li key={hour}>
          <time>{hourOf(hour)}</time>
          <strong>{deadlines}</strong>
          <span>{kinds.map((kind) => `${kind.title} ${kind.deadlines}`).join(" · ")}</span>
        </li>
      ))}
    </ul>
  );
}
