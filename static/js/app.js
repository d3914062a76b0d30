// One small script for every page. Each page works without it.

import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";

import { autoSubmit } from "./auto-submit.js";
import { suggestCouncils } from "./combobox.js";
import { copyButtons } from "./copy.js";
import { countdowns } from "./countdown.js";
import { passkeys } from "./passkeys.js";
import { printButtons } from "./print.js";
import { reorder } from "./reorder.js";
import { runView } from "./run.js";
import { submitAtOnce } from "./submit-at-once.js";

// Set here and not in the page: an inline script would need a nonce, and a nonce would make every
// answer different, so that no public page could be answered with "304 Not Modified".
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(component);
}

autoSubmit(document);
copyButtons(document);
countdowns(document);
passkeys(document);
printButtons(document);
reorder(document);
runView(document);
submitAtOnce(document);
suggestCouncils(document);
