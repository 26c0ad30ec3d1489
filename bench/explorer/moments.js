// Runs before any script of a page. Pages tell their drawings through __bench; __frames counts frames while it is on.
(() => {
  if (window.__bench) return;
  const bench = (window.__bench = { renders: 0, firstPaint: null, stable: null, error: null });
  const frames = (window.__frames = { on: false, times: [] });
  addEventListener("error", (event) => (bench.error ??= String(event.message)));
  addEventListener("unhandledrejection", (event) => (bench.error ??= String(event.reason)));
  const tick = () => {
    if (frames.on) frames.times.push(performance.now());
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);

  // Two frames after a drawing it has been handed to the screen.
  window.__soon = (name) => {
    if (bench[name] !== null) return;
    bench[name] = -1;
    requestAnimationFrame(() => requestAnimationFrame(() => (bench[name] = performance.now())));
  };
  window.__drawn = () => {
    bench.renders++;
    window.__soon("firstPaint");
  };

  // pyvis's page knows nothing of this: its vis-network is listened to. While it lays out unseen, nothing is complete.
  let looks = 0;
  const listen = () => {
    const network = window.network;
    if (!network?.physics) {
      if (looks++ < 600) requestAnimationFrame(listen);
      return;
    }
    let shown = !network.physics.physicsEnabled;
    network.on("stabilizationIterationsDone", () => (shown = true));
    network.on("stabilized", () => window.__soon("stable"));
    network.on("afterDrawing", () => {
      if (shown) window.__drawn();
      else bench.renders++;
    });
  };
  if (window.__pyvis) listen();
})();
