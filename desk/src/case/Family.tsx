import { Flex, Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useBuyerCases } from "@/case/useBuyerCases";
import type { CasePage, Parts } from "@/case/useCase";
import { useStages } from "@/case/useStages";

/** The order's other cases, and what else its buyer has bought. */
export function Family({ stands, buyer }: { stands: CasePage; buyer: Parts["buyer"] }) {
  const order = "order_case_id" in stands ? stands.order_case_id : null;
  return (
    <Flex vertical gap="small">
      <ul className="case-list">
        {order && <CaseLink caseId={order} kind="order" />}
        {stands.children.map((child) => (
          <CaseLink key={child.case_id} caseId={child.case_id} kind={child.kind} stage={child.stage} />
        ))}
      </ul>
      {buyer && <OfBuyer buyerId={buyer.id} besides={order ?? stands.case_id} />}
    </Flex>
  );
}

function OfBuyer({ buyerId, besides }: { buyerId: string; besides: string }) {
  const { t } = useTranslation();
  const found = useBuyerCases(buyerId);
  if (!found) return null;
  const others = found.items.filter((one) => one.case_id !== besides);
  return (
    <div>
      <Typography.Text type="secondary">{t("case.buyerCounts", found.counts)}</Typography.Text>
      <ul className="case-list">
        {others.map((one) => (
          <CaseLink key={one.case_id} caseId={one.case_id} kind={one.kind} stage={one.stage} />
        ))}
      </ul>
    </div>
  );
}

function CaseLink({ caseId, kind, stage }: { caseId: string; kind: string; stage?: string }) {
  const { t } = useTranslation();
  const title = useStages().find((one) => one.kind === kind && one.stage === stage)?.title;
  return (
    <li>
      <Link to={`/cases/${caseId}`}>
        {t(`kind.${kind}` as "kind.order", kind)} {caseId.split(":").slice(3).join(" ")}
      </Link>{" "}
      {title && <Tag>{title}</Tag>}
    </li>
  );
}
