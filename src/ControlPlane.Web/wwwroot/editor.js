const quietMilliseconds = 350;

/** A plain text field with numbered lines. The page hears that something was typed and fetches the text as a stream, which no message limit cuts. */
class Editor {
  constructor(area, gutter, page) {
    this.area = area; this.gutter = gutter; this.page = page; this.lines = 0; this.timer = 0;
    this.onInput = () => { this.number(); clearTimeout(this.timer); this.timer = setTimeout(() => this.tell(), quietMilliseconds); };
    this.onScroll = () => { gutter.scrollTop = area.scrollTop; };
    area.addEventListener("input", this.onInput);
    area.addEventListener("scroll", this.onScroll);
    this.number();
  }

  async tell() { await this.page.invokeMethodAsync("Typed").catch(() => { /* the page was left meanwhile */ }); }

  number() {
    const lines = this.area.value.split("\n").length;
    if (lines === this.lines) return;
    this.lines = lines;
    this.gutter.textContent = Array.from({ length: lines }, (_, line) => line + 1).join("\n");
    this.onScroll();
  }

  text() { return new TextEncoder().encode(this.area.value); }

  write(text) { this.area.value = text; this.number(); }

  // A change of somebody's own goes by the browser's way where it can, so that it can be taken back with Ctrl-Z.
  replace(text) {
    this.area.focus();
    this.area.select();
    if (!document.execCommand("insertText", false, text)) this.write(text);
    clearTimeout(this.timer);
    this.number();
  }

  /** Selects the line; with a column (from 1) puts the caret there instead. */
  goTo(line, column) {
    const lines = this.area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((length, text) => length + text.length + 1, 0);
    this.area.focus();
    const length = (lines[line - 1] ?? "").length;
    if (column) this.area.setSelectionRange(start + Math.min(column - 1, length), start + Math.min(column - 1, length));
    else this.area.setSelectionRange(start, start + length);
    const height = parseFloat(getComputedStyle(this.area).lineHeight);
    this.area.scrollTop = Math.max(0, (line - 4) * height);
    this.onScroll();
  }

  stop() {
    clearTimeout(this.timer);
    this.area.removeEventListener("input", this.onInput);
    this.area.removeEventListener("scroll", this.onScroll);
  }
}

export function create(area, gutter, page) { return new Editor(area, gutter, page); }
