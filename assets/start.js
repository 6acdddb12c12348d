import { initAll } from "govuk.js";
import { initAll as initMoj } from "moj.js";

initAll();
initMoj();
