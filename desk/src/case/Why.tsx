import type { components } from "@generated/openapi";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Moment } from "@/case/Moment";

type Deadline = components["schemas"]["DeadlineShown"];

/** How a deadline came to be due when it is: the fact, then the rule with its value, then each thing that moved it. */
export function Why({ deadline }: { deadline: Deadline }) {
  const { t } = useTranslation();
  const { because, started_at, changes } = deadline;
  return (
    <ol className="case-why" aria-label={t("deadline.why")}>
      <Link label={because.fact_title}>
        <Moment at={started_at} />
      </Link>
      <Link label={`${because.rule_title} ${because.value_title}`}>
        <span title={`${because.policy} ${because.rule}`}>{because.policy_title}</span>
      </Link>
      {changes.map((change) => (
        <Link
          key={`${change.at}/${change.change}`}
          label={[t(`deadline.${change.change}`), change.amount_title, t("deadline.by", { what: change.by_title })]
            .filter(Boolean)
            .join(" ")}
        >
          <Moment at={change.at} />
        </Link>
      ))}
    </ol>
  );
}

function Link({ label, children }: { label: string; children: ReactNode }) {
  return (
    <li>
      {label} {children}
    </li>
  );
}
