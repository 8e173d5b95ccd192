import { PaperClipOutlined } from "@ant-design/icons";
import type { WidgetProps } from "@rjsf/utils";
import { Button, Upload, type UploadFile } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { upload } from "@/forms/upload";
import { Refused } from "@/shell/Refused";

const TAKEN = "image/jpeg,image/png,image/webp,application/pdf";

type Taken = { file_id: string };

/** Photos and documents: each is uploaded as it is chosen, and the step names those that were taken. */
export function FilesField({ id, registry, onChange, label }: WidgetProps) {
  const { t } = useTranslation();
  const { caseId } = registry.formContext as { caseId: string };
  const [files, setFiles] = useState<UploadFile<Taken>[]>([]);
  const [refused, setRefused] = useState<Problem | null>(null);
  return (
    <>
      <Upload<Taken>
        id={id}
        accept={TAKEN}
        multiple
        listType="picture"
        fileList={files}
        progress={{ "aria-label": t("files.uploading") }}
        customRequest={({ file, onSuccess, onError }) => {
          setRefused(null);
          upload(caseId, file as File).then(
            (taken) => onSuccess?.(taken),
            (problem: Problem) => {
              setRefused(problem);
              onError?.(problem);
            },
          );
        }}
        onChange={({ fileList }) => {
          const kept = fileList.filter((file) => file.status !== "error");
          setFiles(kept);
          onChange(kept.flatMap((file) => file.response?.file_id ?? []));
        }}
      >
        <Button icon={<PaperClipOutlined />} aria-label={`${label}: ${t("files.choose")}`}>
          {t("files.choose")}
        </Button>
      </Upload>
      <Refused by={refused} />
    </>
  );
}
