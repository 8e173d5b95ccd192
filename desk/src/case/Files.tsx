import { FilePdfOutlined } from "@ant-design/icons";
import type { components } from "@generated/openapi";
import { Flex } from "antd";
import { useTranslation } from "react-i18next";
import { Moment } from "@/case/Moment";

type File = components["schemas"]["FileShown"];

/** The photos and documents of the family; each opens by itself. */
export function Files({ files }: { files: File[] }) {
  const { t } = useTranslation();
  return (
    <Flex component="ul" gap="small" wrap className="case-files">
      {files.map((file) => (
        <li key={file.file_id}>
          <a href={`/v1/files/${file.file_id}`} target="_blank" rel="noreferrer">
            {file.media_type.startsWith("image/") ? (
              <img src={`/v1/files/${file.file_id}`} alt={t("files.by", { who: file.account })} loading="lazy" />
            ) : (
              <FilePdfOutlined aria-label={t("files.by", { who: file.account })} className="case-document" />
            )}
          </a>
          <div>
            {file.account} <Moment at={file.at} />
          </div>
        </li>
      ))}
    </Flex>
  );
}
