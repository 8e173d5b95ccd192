import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { arc, COLUMN, room } from "@/case/arc";
import type { StageMap, Way } from "@/case/stageMap";

/** The stages of a case with the ways between them; where it stands is marked, and where it can go from there. */
export function StageDiagram({ map: { places, ways } }: { map: StageMap }) {
  const { t } = useTranslation();
  const here = useRef<HTMLLIElement>(null);
  const { above, height } = room(ways);
  const current = places.find((one) => one.state === "current")?.stage;
  useEffect(() => {
    if (current) here.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  const width = places.length * COLUMN;
  // Those that it can go stand above the others.
  const drawn = [...ways].sort((one, other) => Number(one.open) - Number(other.open));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="stages" aria-label={t("case.stages")} tabIndex={0}>
      <div className="stages-drawing" style={{ width, height }}>
        <svg aria-hidden="true" width={width} height={height}>
          <Arrow id="way" />
          <Arrow id="open" />
          {drawn.map((way) => (
            <path
              key={`${way.from}-${way.to}`}
              d={arc(way, above)}
              className={look(way)}
              markerEnd={`url(#stages-${way.open ? "open" : "way"})`}
            />
          ))}
        </svg>
        <ol style={{ top: above }}>
          {places.map(({ stage, title, state }) => (
            <li key={stage} ref={state === "current" ? here : undefined} className={`stages-${state}`}>
              <span aria-current={state === "current" ? "step" : undefined}>{title}</span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function look(way: Way): string {
  return way.open ? "stages-way stages-open" : "stages-way";
}

function Arrow({ id }: { id: string }) {
  return (
    <marker id={`stages-${id}`} viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">
      <path d="M 0 0 L 6 3 L 0 6 z" className={`stages-${id}-head`} />
    </marker>
  );
}
