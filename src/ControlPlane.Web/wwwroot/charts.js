import * as echarts from "./vendor/echarts-6.1.0.min.js";

const drawn = new Map();
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const tones = { champion: "--champ", challenger: "--chal", shadow: "--shad", fail: "--fail", hold: "--hold", neutral: "--m" };
const dashes = ["solid", "dashed", "dotted", [10, 3, 2, 3]];
const number = (value, unit) => value === null || value === undefined || Number.isNaN(value) ? "–"
  : `${value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 1 ? 3 : Math.abs(value) < 100 ? 2 : 0 })}${unit ? ` ${unit}` : ""}`;

function axis(model) {
  const common = { min: model.x_min, max: model.x_max, axisLine: { lineStyle: { color: css("--b") } }, axisTick: { show: false }, splitLine: { show: false } };
  const label = { color: css("--m"), fontSize: 11, hideOverlap: true };
  return model.x_kind === "time"
    ? { ...common, type: "time", axisLabel: { ...label, formatter: model.x_max - model.x_min < 300_000 ? "{HH}:{mm}:{ss}" : "{HH}:{mm}" } }
    : { ...common, type: "value", axisLabel: label };
}

const labelPixels = 7;

// A label that would overprint a later one is left out; its line stays.
function labelled(model, plotWidth) {
  const pixels = Math.max(1, plotWidth) / (model.x_max - model.x_min);
  const kept = [];
  return model.markers.toSorted((left, right) => right.x - left.x).map(marker => {
    const align = marker.x > model.x_min + 0.85 * (model.x_max - model.x_min) ? "right" : "left";
    const at = (marker.x - model.x_min) * pixels, width = 8 + marker.label.length * labelPixels;
    const [from, until] = align === "right" ? [at - width, at] : [at, at + width];
    const fits = kept.every(other => until <= other.from || from >= other.until);
    if (fits) kept.push({ from, until });
    return { ...marker, align, fits };
  });
}

function marks(model, plotWidth) {
  const at = labelled(model, plotWidth).map(marker => ({ xAxis: marker.x, label: { show: marker.fits, formatter: marker.label, color: css("--m"), position: "insideEndTop", rotate: 0, align: marker.align, fontSize: 11 },
    lineStyle: { color: css("--m"), type: "dotted", width: 1 } }));
  const limits = model.limits.map(limit => ({ ...(limit.vertical ? { xAxis: limit.value } : { yAxis: limit.value }),
    label: { formatter: limit.label, color: css(tones[limit.tone]), position: limit.vertical ? "end" : "insideStartTop", fontSize: 11 },
    lineStyle: { color: css(tones[limit.tone]), type: "dashed", width: 1 } }));
  return { silent: true, symbol: "none", animation: false, data: [...at, ...limits] };
}

function option(model, width) {
  const font = getComputedStyle(document.body).fontFamily;
  return {
    animation: false, textStyle: { fontFamily: font }, aria: { enabled: false },
    grid: { left: 52, right: 12, top: 22, bottom: 24 },
    xAxis: axis(model),
    yAxis: { type: "value", min: 0, max: model.y_max ?? undefined, splitNumber: 4, axisLabel: { color: css("--m"), fontSize: 11, formatter: value => number(value, model.unit) }, splitLine: { lineStyle: { color: css("--grid") } } },
    tooltip: { trigger: "axis", confine: true, backgroundColor: css("--s"), borderColor: css("--b"), textStyle: { color: css("--t"), fontSize: 12, fontFamily: font },
      valueFormatter: value => number(value, model.unit), axisPointer: { lineStyle: { color: css("--m") } } },
    series: model.series.map((series, index) => ({
      type: "line", name: series.name, data: series.points.map(point => [point.x, point.y]), showSymbol: false, step: series.stepped ? "middle" : false,
      symbolSize: 4, lineStyle: { width: 1.75, type: dashes[series.dash] ?? "solid", color: css(tones[series.tone]) }, itemStyle: { color: css(tones[series.tone]) },
      areaStyle: series.filled ? { color: css(tones[series.tone]), opacity: 0.1 } : undefined,
      markLine: index === 0 ? marks(model, width - 64) : undefined, connectNulls: false,
    })),
  };
}

/** Draws the model in the element, or draws it again; the element keeps its chart until dispose. */
export function draw(element, model) {
  if (!element?.isConnected) return;
  let held = drawn.get(element);
  if (!held) {
    const chart = echarts.init(element, null, { renderer: "svg" });
    const resize = new ResizeObserver(() => { chart.resize(); if (held?.model) redraw(); });
    resize.observe(element);
    const redraw = () => chart.setOption(option(held.model, chart.getWidth()), true);
    addEventListener("themechange", redraw);
    held = { chart, resize, redraw };
    drawn.set(element, held);
  }
  held.model = model;
  held.redraw();
}

export function dispose(element) {
  const held = drawn.get(element);
  if (!held) return;
  removeEventListener("themechange", held.redraw);
  held.resize.disconnect();
  held.chart.dispose();
  drawn.delete(element);
}
