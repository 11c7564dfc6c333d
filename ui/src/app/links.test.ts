import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { standIn } from "~/ipc/testing/answers.ts";
import { openLinksOutside } from "./links.ts";

describe("links", () => {
  let opened: string[] = [];
  let stop = () => {};
  beforeEach(() => {
    // The real command opens a program of this computer.
    opened = [];
    standIn("link_open", ({ link }) => void opened.push(link as string));
    stop = openLinksOutside();
  });
  afterEach(() => {
    stop();
    document.body.replaceChildren();
  });

  /** Puts a link with a word in it onto the page and presses a button on the word; whether the window would follow it. */
  function press(href: string, init: MouseEventInit = {}, attributes: Record<string, string> = {}): boolean {
    const link = document.createElement("a");
    link.href = href;
    for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
    const word = link.appendChild(document.createElement("span"));
    document.body.append(link);
    const name = init.button ? "auxclick" : "click";
    return word.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true, ...init }));
  }

  it("to elsewhere go to the system, whichever way they are followed", () => {
    const links = ["mailto:a@b.example", "tel:+15550100", "https://b.example/a", "http://b.example/"];
    for (const link of links) expect(press(link)).toBe(false);
    expect(press("https://b.example/", { button: 1 })).toBe(false);
    expect(press("https://b.example/", { ctrlKey: true }, { target: "_blank" })).toBe(false);
    expect(opened).toEqual([...links, "https://b.example/", "https://b.example/"]);
  });

  it("of other kinds go nowhere", () => {
    for (const link of ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "smb://b.example/share"])
      expect(press(link)).toBe(false);
    expect(opened).toEqual([]);
  });

  it("to pages of the app are the router's, and open no window", () => {
    const heard: string[] = [];
    document.body.addEventListener("click", (event) => heard.push(event.type), { once: true });
    expect(press("#/contacts")).toBe(false);
    expect(press("#/contacts", { button: 1 })).toBe(false);
    expect(heard).toEqual(["click"]);
    expect(opened).toEqual([]);
  });

  it("have a menu of the system", () => {
    expect(press("https://b.example/", { button: 2 })).toBe(true);
    expect(opened).toEqual([]);
  });
});
