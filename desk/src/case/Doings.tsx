import { Button, Flex, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionForm } from "@/case/ActionForm";
import type { Offer, useCase } from "@/case/useCase";

type Shown = { caseId: string; offers: Offer[]; step: ReturnType<typeof useCase>["step"] };

/** What one may do now, each a button; and the rest, each with why not. */
export function Doings({ caseId, offers, step }: Shown) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<Offer | null>(null);
  const allowed = offers.filter((offer) => offer.allowed);
  const others = offers.filter((offer) => !offer.allowed);

  function open(offer: Offer | null) {
    step.reset();
    choose(offer);
  }
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap>
        {allowed.map((offer) => (
          <Button key={offer.name} data-action={offer.name} onClick={() => open(offer)}>
            {offer.title}
          </Button>
        ))}
        {allowed.length === 0 && <Typography.Text type="secondary">{t("case.nothingToDo")}</Typography.Text>}
      </Flex>
      {chosen && (
        <ActionForm
          key={chosen.name}
          caseId={caseId}
          offer={chosen}
          refused={step.error}
          busy={step.isPending}
          take={(input) => step.mutate({ name: chosen.name, input }, { onSuccess: () => open(null) })}
          close={() => open(null)}
        />
      )}
      {others.length > 0 && (
        <details>
          <summary>{t("case.notNow")}</summary>
          <ul className="case-reasons">
            {others.map((offer) => (
              <li key={offer.name}>
                {offer.title}
                {offer.reasons.map((reason) => (
                  <Typography.Text type="secondary" key={reason.code}>
                    {" "}
                    {reason.message}
                  </Typography.Text>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Flex>
  );
}
