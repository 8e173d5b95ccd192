import { api } from "@/api/client";
import { answer } from "@/api/problem";

/** Uploads a photo or document of a case. Throws Problem. */
export function upload(caseId: string, file: File) {
  return answer(
    api.POST("/v1/cases/{case_id}/files", {
      params: { path: { case_id: caseId } },
      body: { file: "" },
      bodySerializer: () => {
        const form = new FormData();
        form.append("file", file);
        return form;
      },
    }),
  );
}
