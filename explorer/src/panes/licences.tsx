import { useRef, useState } from "preact/hooks";
import { heldText } from "../supply/inert";

/** The licences of other people's code in this page. */
export function Licences() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const open = (): void => {
    setText(heldText("licences"));
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" class="link" onClick={open}>Licences</button>
      <dialog class="licences" ref={dialog} aria-labelledby="licences-title">
        <header class="row"><h2 id="licences-title">Licences</h2><button type="button" onClick={() => dialog.current?.close()}>Close</button></header>
        <pre tabIndex={0} role="region" aria-label="Texts of the licences">{text || "This page came without them: they stand beside the program, in THIRD-PARTY.txt."}</pre>
      </dialog>
    </>
  );
}
