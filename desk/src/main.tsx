import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@/words/i18n";
import { App } from "@/app/App";
import { askAhead } from "@/app/ahead";
import { giveStylesTheirNonce } from "@/app/nonce";
import "@/app/page.css";

askAhead(window.location);
giveStylesTheirNonce();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
