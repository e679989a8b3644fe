// Only what htmx and plain HTML cannot do: copying a text, `/` for the search, no polling in a hidden tab, and saying that it
// is polling, the board's bell.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  navigator.clipboard.writeText(button.dataset.copy).then(() => {
    const word = button.querySelector("[data-copied]");
    if (word) word.textContent = word.dataset.copied;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
  const search = document.querySelector("main input[type=search]");
  if (search) { event.preventDefault(); search.focus(); }
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.matches("[data-polls]")) event.preventDefault();
});
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.matches("[data-polls]")) event.detail.headers["x-polls"] = "yes";
});
// The board calls until somebody says that they have seen it. A browser lets a page sound only after a press.
const bell = document.querySelector("[data-sound]");
if (bell && window.AudioContext) {
  let sound = null;
  bell.hidden = false;
  bell.addEventListener("click", () => {
    if (sound) { sound.close(); sound = null; } else { sound = new AudioContext(); ring(); }
    bell.setAttribute("aria-pressed", String(sound !== null));
  });
  const ring = () => {
    const tone = sound.createOscillator(), volume = sound.createGain();
    tone.frequency.value = 880;
    volume.gain.setValueAtTime(0.2, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.6);
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.6);
  };
  setInterval(() => {
    const board = document.getElementById("board");
    if (sound && board && board.dataset.calling !== "0") ring();
  }, 3000);
}
