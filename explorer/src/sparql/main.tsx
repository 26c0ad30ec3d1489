/** The SPARQL panel, as a script of its own: `window.keiretsuSparql.mount(host, given)`. */
import { render } from "preact";
import { View, type Hold } from "./panel";
import { Session } from "./session";
import type { Given, Panel } from "./types";

function mount(host: HTMLElement, given: Given): Panel {
  const session = new Session(given);
  let hold: Hold | null = null;
  render(<View session={session} onReady={(made) => (hold = made)} />, host);
  return {
    run: () => hold?.run(),
    set: (query) => hold?.set(query),
    close() {
      hold = null;
      session.close();
      render(null, host);
    },
  };
}

window.keiretsuSparql = { mount };
