// The screen works without this file. With it a call is heard: a chime, and the number spoken where the machine can speak.
// Browsers are silent until somebody touched the page once, so a button asks for that.
(() => {
  const hall = document.querySelector("[data-chime]");
  const button = document.getElementById("sound");
  const chime = new Audio(hall.dataset.chime);
  let heard = hall.querySelector("[data-call]")?.dataset.call || "";
  let on = false;
  const speak = (call) => {
    const voice = window.speechSynthesis?.getVoices().find((one) => one.lang.toLowerCase().startsWith(document.documentElement.lang));
    if (!voice) return;
    const words = new SpeechSynthesisUtterance(hall.dataset.say.replace("{code}", [...call.code].join(" ")).replace("{counter}", call.counter));
    words.voice = voice;
    words.lang = voice.lang;
    speechSynthesis.speak(words);
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await chime.play();
      on = true;
      button.setAttribute("aria-pressed", "true");
      button.hidden = true;
    } catch {
      button.setAttribute("aria-pressed", "false");
    }
  });
  hall.addEventListener("fresh", () => {
    const call = hall.querySelector("[data-call]")?.dataset;
    if (!call || call.call === heard) return;
    heard = call.call;
    hall.dataset.heard = heard;
    if (!on) return;
    chime.currentTime = 0;
    chime.onended = () => speak(call);
    chime.play().catch(() => { button.hidden = false; on = false; });
  });
})();
