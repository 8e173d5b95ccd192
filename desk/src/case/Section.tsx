import { Card, Typography } from "antd";
import { type ReactNode, useId } from "react";

/** A part of a case's page under its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const label = useId();
  const heading = (
    <Typography.Title level={2} id={label} className="case-heading">
      {title}
    </Typography.Title>
  );
  return (
    <section aria-labelledby={label}>
      <Card size="small" title={heading}>
        {children}
      </Card>
    </section>
  );
}
