import type { paths } from "@generated/openapi";
import i18next from "i18next";
import createClient from "openapi-fetch";
import { csrf } from "@/api/csrf";

/** The public API, typed by its document; the session's cookie says who asks. */
export const api = createClient<paths>({ baseUrl: "/" });

api.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", i18next.language);
    const token = csrf.get();
    if (token) request.headers.set("X-CSRF-Token", token);
    return request;
  },
});
