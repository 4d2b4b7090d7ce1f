// `loket try` in a real browser: the whole tour by mouse and keyboard, the board and the pages it leads to, axe-core on every view, and
// screenshots to look at.
//
//   npm install --no-save --no-package-lock playwright-core axe-core   (in a folder of your own, named by NODE_FOLDER)
//   NODE_FOLDER=… LOKET=target/debug/loket CHROMIUM=/usr/bin/chromium SHOTS=folder node tests/browser/try.mjs
//
// It ends with exit code 1 where a step fails or axe finds something serious.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = process.env.NODE_FOLDER || process.cwd();
const require = createRequire(join(folder, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

let faults = 0;
const fault = (text) => { faults += 1; console.error("FAULT " + text); };

const profile = mkdtempSync(join(tmpdir(), "loket-browser-"));
const loket = spawn(process.env.LOKET || "target/debug/loket", ["try", "--language", process.env.TONGUE || "nl"], { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((found, failed) => {
  let said = "";
  loket.stdout.on("data", (data) => { said += data; const at = said.match(/http:\S+/); if (at && said.includes("\n")) found(at[0]); });
  loket.on("exit", (code) => failed(new Error("loket ended with " + code)));
});

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: flags, viewport: { width: 1280, height: 800 } });
const page = browser.pages()[0] || await browser.newPage();
page.setDefaultTimeout(20000);
page.on("pageerror", (error) => fault("script: " + error.message));
page.on("console", (message) => { if (message.type() === "error") fault("console: " + message.text()); });

const look = async (name) => {
  const cdp = await browser.newCDPSession(page);
  const { frameTree } = await cdp.send("Page.getFrameTree");
  // An isolated world is not bound by the page's own policy, which lets no other script run.
  const world = await cdp.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const run = async (expression) => (await cdp.send("Runtime.evaluate", { expression, contextId: world.executionContextId, awaitPromise: true, returnByValue: true })).result.value;
  await run(axe + ";0");
  const found = await run("axe.run(document).then((found) => JSON.stringify(found.violations.map((one) => ({ id: one.id, impact: one.impact, nodes: one.nodes.map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message || node.all[0]?.message || '')) }))))");
  for (const one of JSON.parse(found)) {
    const text = name + ": axe " + one.impact + " " + one.id + "\n    " + one.nodes.slice(0, 4).join("\n    ");
    if (one.impact === "serious" || one.impact === "critical") fault(text); else console.log(text);
  }
  await cdp.detach();
  if (shots) await page.screenshot({ path: join(shots, name + ".png") });
};

const step = async (name, act) => {
  try { await act(); console.log("ok " + name); } catch (error) { fault(name + ": " + error.message.split("\n").slice(0, 4).join(" | ")); if (shots) await page.screenshot({ path: join(shots, "fault-" + faults + ".png") }); }
};
const text = (words) => page.locator("#talk").getByText(words).last().waitFor();
const go = async (link) => { const there = page.waitForEvent("load"); await link.click(); await there; };
const be = (name) => go(page.locator("#people").getByRole("link", { name }));
const way = () => go(page.locator("#tour .go"));
const next = async () => { await page.locator("#tour").getByRole("button", { name: "Volgende" }).click(); await page.waitForTimeout(200); };
const press = async (name) => { await page.locator("#talk").getByRole("button", { name, exact: true }).last().click(); };

await page.goto(address);
await step("the first sight", async () => { await page.getByRole("heading", { name: "#facilitair" }).waitFor(); await look("1-first"); });
await step("a tap", async () => {
  await way();
  await page.locator("#text").press("Enter");
  await page.locator("#talk .thread a").first().waitFor();
  await page.waitForFunction(() => document.getElementById("text").value === "");
  await look("2-tap");
});
await step("the card", async () => { await next(); await way(); await press("Klopt"); await text("Doorgestuurd naar"); await look("3-card"); });
await step("the provider", async () => {
  await next(); await way();
  await page.locator("#when").fill("vrijdag 10 uur");
  await page.getByRole("button", { name: "Gepland", exact: true }).click();
  await text("vrijdag 6 maart");
  await look("4-provider");
});
await step("the answer", async () => { await next(); await way(); await text("vrijdag 6 maart om 10:00"); await look("5-answer"); });
await step("a form holds the focus and gives it back", async () => {
  await be("Alice Vermeer");
  await page.goto(address);
  await page.locator("#text").fill("de lamp in de serverruimte is stuk");
  await page.locator("#text").press("Enter");
  await go(page.locator("#talk .thread a", { hasText: "Verlichting" }));
  const button = page.locator("#talk").getByRole("button", { name: "Aanpassen" }).last();
  await button.focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog:modal").waitFor();
  if (await page.evaluate(() => document.activeElement.id) !== "form-text") throw new Error("the field has not the focus");
  await look("6-form");
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  if (await page.evaluate(() => document.activeElement.textContent) !== "Aanpassen") throw new Error("the button has not the focus back");
  await button.press("Enter");
  await page.locator("#form-text").fill("het is de lamp bij de receptie");
  await page.locator("dialog").getByRole("button", { name: "Verstuur" }).click();
  await text("receptie");
});
await step("a photo goes whole and upright", async () => {
  await be("Alice Vermeer");
  await page.goto(address);
  await page.locator("#text").fill("het raam bij de receptie is gebarsten");
  await page.locator("#photo").setInputFiles(join("tests", "data", "photos", "turned.jpg"));
  await page.locator("#text").press("Enter");
  const shown = page.locator("#talk img[alt='turned.jpg']");
  await shown.waitFor();
  if (!await shown.evaluate((image) => image.complete && image.naturalWidth === 16)) throw new Error("the photo is not shown upright");
  await go(page.locator("#talk .thread a", { hasText: "Glas" }));
  await text("turned.jpg");
  await look("6b-photo");
  await press("Klopt");
  await text("Doorgestuurd naar");
  await page.goto(address);
});
await step("forty chairs", async () => {
  await next(); await way();
  await page.locator("#text").press("Enter");
  await go(page.locator("#talk .thread a", { hasText: "Zaalinrichting" }));
  await press("Klopt");
  await text("€ 500,00");
  await look("7-chairs");
});
await step("nobody approves their own", async () => {
  await go(page.locator("#places").getByRole("link", { name: /goedkeuringen/ }));
  await page.locator("#talk .mark").first().click();
  await page.waitForTimeout(500);
  if (await page.locator("#talk").getByText("Akkoord van").count()) throw new Error("it counted");
  await next(); await way();
  await page.locator("#talk .mark").first().click();
  await text("Akkoord van Bob de Wit");
  await look("8-approved");
  await page.locator("#clock").getByRole("button", { name: /Niet wachten/ }).click();
  await text("Doorgestuurd naar Brink");
});
await step("a command by the keyboard, seen by one", async () => {
  await next(); await way();
  await page.locator("#text").fill("/to");
  await page.locator("#text").press("End");
  await page.locator("#text").pressSequentially("o");
  await page.locator("#choices [role=option]").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await look("9-completion");
  await page.keyboard.press("Enter");
  await page.locator("#choices [role=option]").getByText("id:").first().waitFor();
  await page.keyboard.press("Tab");
  await page.locator("#choices [role=option]").getByText("2026-0001").first().waitFor();
  await page.locator("#text").fill("/toon id:2026-0001");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.locator(".aside").first().waitFor();
  await look("10-aside");
});
await step("the digest", async () => {
  await next(); await way();
  await page.locator("#clock summary").click();
  await look("11-clock");
  await page.locator("#clock").getByRole("button", { name: "maandag 9 uur" }).click();
  await text("Week 10");
  await look("12-digest");
});
await step("another window hears of it by itself", async () => {
  const other = await browser.newPage();
  await other.goto(address);
  await page.goto(address);
  await page.locator("#text").fill("goedemorgen");
  await page.locator("#text").press("Enter");
  await other.locator("#talk").getByText("goedemorgen").waitFor();
  await other.close();
});
await step("in the dark and on a telephone", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await look("13-dark");
  await go(page.locator("#talk .thread a").last());
  await look("14-dark-card");
  await page.setViewportSize({ width: 390, height: 844 });
  await look("15-phone-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await look("16-phone");
  if (shots) await page.screenshot({ path: join(shots, "16-phone-whole.png"), fullPage: true });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) throw new Error("the page is " + wide + " pixels too wide");
});
await step("the board and what it leads to, by day and by night", async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(address);
  await be("Sanne Bakker");
  await go(page.locator("#places").getByRole("link", { name: /spoc/ }));
  await page.locator("#text").fill("/bord");
  await page.keyboard.press("Escape");
  await page.locator("#text").press("Enter");
  const link = page.locator(".aside a[href*='/b/']").last();
  await link.waitFor();
  const board = await link.getAttribute("href") + "?lang=nl";
  await page.goto(board);
  await page.getByRole("heading", { level: 1 }).waitFor();
  const of = async (where) => new URL(await where.first().getAttribute("href"), board).href;
  const places = page.getByRole("navigation").first();
  const pages = {
    board,
    request: await of(page.locator("tbody th a")),
    agenda: await of(places.getByRole("link", { name: /^Agenda/ })),
    // The week of the tour; the one that has just begun holds nothing.
    week: (await of(places.getByRole("link", { name: "Week" }))).replace(/week\/[^?]+/, "week/2026-10"),
    quarter: await of(places.getByRole("link", { name: "Kwartaal" })),
  };
  let number = 17;
  for (const [name, url] of Object.entries(pages)) {
    const answer = await page.goto(url);
    if (answer.status() !== 200) throw new Error(name + " answers " + answer.status());
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await look(number + "-" + name + "-" + colorScheme);
    }
    number += 1;
  }
});
await browser.close();
loket.kill("SIGTERM");
rmSync(profile, { recursive: true, force: true });
console.log(faults ? faults + " faults" : "all well");
process.exit(faults ? 1 : 0);
