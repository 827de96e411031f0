/**
 * What each paper needs to be printed; the fields follow standards 10.3. Days are `2026-11-20`, moments `2026-11-20 14:05`,
 * both in Asia/Shanghai. Numbers of law (days, points) come from the caller's dated rules: a template holds none.
 */

/** PNG, JPEG or WebP bytes that have passed `inspectFile`. */
export type Picture = Buffer

export interface Head {
  authority: string
  /** 文号, such as 青建监改〔2026〕0015号. */
  number: string
  /** A day. */
  issuedOn: string
  /** At the foot of every page: what the code opens, and the words beside it. */
  qr: { url: string; text: string }
}

export interface Officer {
  name: string
  certNo: string
  signature?: Picture
}

/** Who took the paper, when and how; what is absent is left blank for the pen. */
export interface Receipt {
  unit?: string
  person?: string
  role?: string
  /** 直接送达, 电子送达, 留置送达 … */
  way?: string
  at?: string
  signature?: Picture
}

export interface PaperProject {
  name: string
  address: string
  permitNo?: string
}

/** What every paper that is served on one unit carries. */
interface Served extends Head {
  /** The responsible unit, and its role in the project (施工单位, 监理单位 …). */
  addressee: string
  role: string
  project: PaperProject
  /** The day of the inspection or re-inspection on which the paper rests. */
  inspectedOn: string
  /** At least two (建质〔2014〕154号, [M]). */
  inspectors: Officer[]
  receipt?: Receipt
  /** 抄送. */
  cc: string[]
}

/** 责令改正通知书. */
export interface CorrectionNotice extends Served {
  basis: string[]
  items: { fact: string; clause: string; demand: string; /** 立即, or a moment. */ deadline: string }[]
  /** Days after service at which the notice turns yellow and red, from core/law. */
  ladder: { yellow: number; red: number }
  /** How to answer. */
  reply: string
  /** 复议、诉讼 and other rights; printed only when given. */
  remedy?: string
}

/** 局部停工通知书 (`part`), 全面停工通知书 (`whole`). */
export interface StopOrder extends Served {
  extent: 'part' | 'whole'
  /** The parts, procedures or machines that stop. */
  scope: string
  basis: string[]
  items: { fact: string; clause: string }[]
  effectiveAt: string
  protection: string[]
  resumeWhen: string[]
  remedy: string
}

/** 复工通知书. */
export interface ResumeOrder extends Served {
  stop: { title: string; number: string; issuedOn: string; scope: string }
  conclusion: string
  /** 监理意见. */
  supervision: { unit: string; person: string; opinion: string }
  effectiveAt: string
  conditions: string[]
}

/** 监督抽查记录表. Scores and rates are computed by the caller and printed as they come. */
export interface InspectionRecord extends Head {
  project: PaperProject & {
    code?: string
    superviseNo?: string
    progress?: string
    units: { role: string; name: string }[]
  }
  startedAt: string
  endedAt: string
  weather?: string
  /** 日常, 双随机, 专项, 季度, 复查, 举报. */
  kind: string
  part: string
  attendees: { unit: string; name: string; role: string }[]
  sheets: { name: string; full: string; score: string; note?: string }[]
  total?: { full: string; score: string; note?: string }
  tests: {
    item: string
    place: string
    clause: string
    design: string
    tolerance: string
    readings: string[]
    instrument: string
    passed: number
    rate: string
  }[]
  findings: {
    description: string
    clause: string
    /** 一般, 严重, 重大. */
    level: string
    unit: string
    person?: string
    points?: string
    photos?: { image: Picture; caption: string }[]
  }[]
  /** 口头, 整改, 停工, 记分, 处罚: every kind, with the chosen ones marked. */
  measures: { name: string; chosen: boolean }[]
  opinion?: string
  inspectors: (Officer & { signedAt?: string })[]
  /** The other side's signatures; `refused` holds the reason when one would not sign. */
  parties: { unit: string; name: string; role: string; signature?: Picture; signedAt?: string; refused?: string }[]
  /** SHA-256 of the content that was signed, in hex. */
  digest: string
}

/** Each template of server/print by its file name, and what it needs. */
export interface Papers {
  'correction-notice': CorrectionNotice
  'stop-order': StopOrder
  'resume-order': ResumeOrder
  'inspection-record': InspectionRecord
}
