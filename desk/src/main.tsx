import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { giveStylesTheirNonce } from "@/app/nonce";
import "@/words/i18n";
import "@/app/page.css";

giveStylesTheirNonce();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
