// Runs before the first paint, so that a dark page never flashes white. "system" follows the operating system.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => localStorage.getItem("theme") ?? "system";
  const apply = () => {
    const theme = chosen();
    document.documentElement.dataset.theme = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset.themeChosen = theme;
    dispatchEvent(new Event("themechange"));
  };
  dark.addEventListener("change", apply);
  apply();
  window.controlPlane = {
    theme: chosen,
    setTheme(theme) { localStorage.setItem("theme", theme); apply(); },
    copy: text => navigator.clipboard.writeText(text),
    focus: id => document.getElementById(id)?.focus(),
  };
  addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      document.getElementById("jump")?.focus();
    }
  });
})();
