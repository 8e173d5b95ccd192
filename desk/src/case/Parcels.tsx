import { Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Moment } from "@/case/Moment";
import type { CasePage } from "@/case/useCase";
import { useScans } from "@/case/useScans";

type Parcel = CasePage["parcels"][number];

/** The parcels of a case, each with what is in it and, on a closer look, its way. */
export function Parcels({ stands, names }: { stands: CasePage; names: Map<string, string> }) {
  return (
    <ul className="case-list">
      {stands.parcels.map((parcel) => (
        <li key={`${parcel.carrier}/${parcel.tracking_no}`}>
          <OneParcel caseId={stands.case_id} parcel={parcel} names={names} />
        </li>
      ))}
    </ul>
  );
}

type Shown = { caseId: string; parcel: Parcel; names: Map<string, string> };

function OneParcel({ caseId, parcel, names }: Shown) {
  const { t } = useTranslation();
  const [looking, look] = useState(false);
  const scans = useScans(caseId, parcel.carrier, parcel.tracking_no, looking);
  const said = (status: string) => t(`parcel.${status}` as "parcel.signed", status.replaceAll("_", " "));
  return (
    <details onToggle={(event) => look(event.currentTarget.open)}>
      <summary>
        <strong>
          {t(`carrier.${parcel.carrier}` as "carrier.zto", parcel.carrier)} {parcel.tracking_no}
        </strong>{" "}
        {said(parcel.status)} {parcel.status_at && <Moment at={parcel.status_at} />}{" "}
        <Typography.Text type="secondary">
          {parcel.lines.map((line) => `${names.get(line.line_id) ?? line.line_id} × ${line.quantity}`).join(", ")}
        </Typography.Text>
      </summary>
      {scans?.length === 0 && <Typography.Text type="secondary">{t("case.noScans")}</Typography.Text>}
      <ol className="case-scans" aria-label={t("case.scans")}>
        {scans?.map((scan) => (
          <li key={`${scan.at}/${scan.status}/${scan.recorded_at}`}>
            <Moment at={scan.at} /> {said(scan.status)} {scan.location}
          </li>
        ))}
      </ol>
    </details>
  );
}
