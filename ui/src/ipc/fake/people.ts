import type { FieldValue } from "../bindings.ts";

/** A record of the fake desk. `user` is the linked employer user, if any. */
export type FakeContact = {
  id: string;
  values: Record<string, FieldValue>;
  user: { id: string; role: string; access: boolean; lastLogIn: number | null } | null;
};
export type FakeEmployer = { id: string; values: Record<string, FieldValue> };

const FIRST =
  "Ana Ben Carla Dana Elif Femi Grace Hana Igor Jamal Kavya Liam Maya Noor Olga Pedro Quinn Rosa Samir Tara Uma Viktor Wei Ximena Yusuf Zoe Sara Jonas Amara Lucía".split(
    " ",
  );
const LAST =
  "Abbott Achebe Ahmed Alvarez Andersson Bauer Becker Bianchi Brooks Castillo Chen Cohen Delgado Dubois Eriksen Fernández Fischer Garcia Goldberg Haddad Hansen Ibrahim Ivanova Jensen Johnson Kapoor Kowalski Laurent Lindqvist Marchetti Mbeki Moreau Nakamura Nguyen O'Brien Okafor Ortiz Park Petrov Quigley Reyes Rossi Sato Schmidt Silva Svensson Tanaka Tran Ueda Vargas Weber Williams Xu Yamamoto Zhang Zielinski".split(
    " ",
  );
const COMPANY =
  "Northwind Bluebird Cedar Harbor Summit Lakeside Orchard Granite Meridian Juniper Falcon Riverbend Copper Evergreen Atlas Beacon".split(
    " ",
  );
const COMPANY_KIND =
  "Logistics Energy Health Robotics Foods Analytics Partners Textiles Software Architects Bank Museum".split(" ");
const TITLE = [
  "Campus recruiter",
  "Talent acquisition partner",
  "Engineering manager",
  "HR coordinator",
  "Head of early careers",
  "Program director",
  "Internship supervisor",
  "Chief of staff",
];
const CITY = ["Hamburg", "Austin", "Toronto", "Lagos", "Kraków", "Osaka", "Lyon", "Porto", "Boston", "Pune"];
const SOURCES = [
  "oci_interviewer",
  "employer_user_sign_up",
  "experiential_learning_supervisor",
  "event_contact",
  "job_fair_registration",
  "interviewer",
  "task",
];
const LABELS = ["Alumni", "Mentor", "Speaker", "Board"];
const DAY = 86_400_000;

function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}

/** A small multiplicative hash: the same person for the same number, in any order. */
function mix(n: number, salt: number): number {
  let x = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  return (x ^ (x >>> 13)) >>> 0;
}

export function fakeId(kind: number, n: number): string {
  return `0192f0c${kind}-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}

export const EMPLOYERS = 160;
export const ROLES = [
  { id: fakeId(3, 1), name: "Default Access", built_in: true },
  { id: fakeId(3, 2), name: "Recruiter", built_in: false },
  { id: fakeId(3, 3), name: "Denied Access Role", built_in: false },
];
export const STAFF = { id: fakeId(4, 1), name: "Morgan Ellery", email: "morgan.ellery@riverton.example" };

export function fakeEmployer(n: number): FakeEmployer {
  const name = n === 0 ? "Inactive" : `${pick(COMPANY, n)} ${pick(COMPANY_KIND, Math.floor(n / 16) + n)}`;
  const host = `${name.toLowerCase().replace(/[^a-z]+/g, "-")}.example`;
  return {
    id: fakeId(2, n),
    values: {
      name,
      website: `https://www.${host}`,
      email: `office@${host}`,
      city: pick(CITY, mix(n, 1)),
      industry: pick(COMPANY_KIND, n),
      labels: [],
      created_at: Date.now() - (400 + n) * DAY,
    },
  };
}

/** Contact number `n`; numbers below `pending` wait in the queue. */
export function fakeContact(n: number, pending: number, now: number): FakeContact {
  const r = (salt: number) => mix(n, salt);
  const long = n === 3;
  const first = long ? "Maximiliane Theodora Alexandra" : pick(FIRST, r(1));
  const last = long ? "Freifrau von Hohenstein-Wittgenstein zu Sayn" : pick(LAST, r(2));
  const employer = 1 + (r(3) % (EMPLOYERS - 1));
  const company = fakeEmployer(employer);
  const host = String(company.values.email).split("@")[1];
  const mail = `${first}.${last}`
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z.]+/g, "");
  const waits = n < pending;
  const approval = waits ? "pending" : r(4) % 40 === 0 ? "rejected" : "approved";
  const source = waits
    ? pick(SOURCES, r(5))
    : r(5) % 3 === 0
      ? "import"
      : r(5) % 3 === 1
        ? "admin"
        : pick(SOURCES, r(6));
  const hasUser = source === "employer_user_sign_up" || r(7) % 4 === 0;
  return {
    id: fakeId(1, n),
    values: {
      first_name: first,
      last_name: last,
      preferred_name: r(8) % 9 === 0 ? first.slice(0, 3) : null,
      pronouns: r(9) % 5 === 0 ? "she/her" : null,
      email: `${mail}${n > 900 ? n : ""}@${host}`,
      title: long
        ? "Leiterin der Personalgewinnung für internationale Nachwuchsprogramme und Hochschulkooperationen"
        : pick(TITLE, r(10)),
      department: r(11) % 3 === 0 ? "People" : null,
      employer: r(12) % 25 === 0 ? null : r(12) % 33 === 0 ? fakeId(2, 0) : company.id,
      work_phone: `+1 512 555 ${String(r(13) % 10_000).padStart(4, "0")}`,
      mobile_phone: r(14) % 4 === 0 ? `+49 170 555${String(r(14) % 100_000).padStart(5, "0")}` : null,
      city: pick(CITY, r(15)),
      country: "Example Republic",
      linkedin: r(16) % 3 === 0 ? `https://www.linkedin.example/in/${mail}` : null,
      labels: r(17) % 6 === 0 ? [pick(LABELS, r(18))] : [],
      description: r(19) % 11 === 0 ? "Met at the spring fair. Prefers e-mail before noon." : null,
      source,
      added_by:
        source === "oci_interviewer" || source === "event_contact" ? `Dana Reyes, ${company.values.name}` : null,
      approval,
      visibility: waits ? "career_advisors" : pick(["students", "career_advisors", "students", "myself"], r(20)),
      auto_sync: r(21) % 2 === 0,
      owner: STAFF.id,
      created_at: waits ? now - n * 47 * 60_000 - 90_000 : now - DAY * (2 + (r(22) % 900)),
    },
    user: hasUser
      ? {
          id: fakeId(5, n),
          role: pick(ROLES, r(23) % 2).name,
          access: r(24) % 7 !== 0,
          lastLogIn: r(25) % 5 === 0 ? null : now - DAY * (r(25) % 90),
        }
      : null,
  };
}
