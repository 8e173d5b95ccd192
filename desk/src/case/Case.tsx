import { Flex, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Deadlines } from "@/case/Deadlines";
import { Doings } from "@/case/Doings";
import { Family } from "@/case/Family";
import { Files } from "@/case/Files";
import { Goods } from "@/case/Goods";
import { Head } from "@/case/Head";
import { Money } from "@/case/Money";
import { Section } from "@/case/Section";
import { StageDiagram } from "@/case/StageDiagram";
import { Tasks } from "@/case/Tasks";
import { Texts } from "@/case/Texts";
import { Timeline } from "@/case/Timeline";
import { type CasePage, useCase } from "@/case/useCase";
import { useStageMap } from "@/case/useStageMap";
import { Refused } from "@/shell/Refused";
import "@/case/case.css";

/** The page of the case in the address. */
export function Case() {
  const { caseId = "" } = useParams();
  return <CaseOf key={caseId} caseId={caseId} />;
}

/** All about a case in one look: where it stands and what can be done first, how it came to that below. */
function CaseOf({ caseId }: { caseId: string }) {
  const { page, step } = useCase(caseId);
  if (!page.data) return page.error ? <Refused by={page.error} /> : <Skeleton active className="case" />;
  return <Shown stands={page.data} step={step} />;
}

function Shown({ stands, step }: { stands: CasePage; step: ReturnType<typeof useCase>["step"] }) {
  const { t } = useTranslation();
  const included = stands.included ?? {};
  const { actions, deadlines, timeline, ledger, work_items, memos, messages, files, buyer } = included;
  const map = useStageMap(stands, timeline);
  return (
    <Flex vertical gap="middle" className="case">
      <Head stands={stands} included={included} />
      <StageDiagram map={map} />
      <div className="case-columns">
        <Flex vertical gap="middle">
          <Section title={t("case.actions")}>
            <Doings caseId={stands.case_id} offers={actions?.items ?? []} step={step} />
          </Section>
          <Section title={t("case.deadlines")}>
            <Deadlines deadlines={deadlines?.items ?? []} />
          </Section>
          {work_items && (
            <Section title={t("case.tasks")}>
              <Tasks items={work_items.items} />
            </Section>
          )}
          <Section title={t("case.timeline")}>
            <Timeline lines={timeline?.items ?? []} />
          </Section>
        </Flex>
        <Flex vertical gap="middle">
          <Section title={t("case.money")}>
            <Money stands={stands} entries={ledger?.items ?? []} />
          </Section>
          <Section title={t("case.goods")}>
            <Goods stands={stands} />
          </Section>
          <Section title={t("case.family")}>
            <Family stands={stands} buyer={buyer} />
          </Section>
          {files && files.items.length > 0 && (
            <Section title={t("files.title")}>
              <Files files={files.items} />
            </Section>
          )}
          {memos && messages && (
            <Section title={t("case.texts")}>
              <Texts memos={memos.items} messages={messages.items} />
            </Section>
          )}
        </Flex>
      </div>
    </Flex>
  );
}
