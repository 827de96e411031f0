import { dayOf, sayInstant } from '@plumbline/core/kit'
import { answerableRoles, type Notice, noticeKinds, type ResumeInput, sayTerm } from '@plumbline/core/rectification'
import { termOf } from '@plumbline/core/inspection'
import type { Ctx } from '../../base/context.ts'
import type { Db } from '../../base/db.ts'
import { keepPaper, newPaper } from '../../base/files/index.ts'
import { getCounty } from '../../base/setting.ts'
import { nextSerial } from '../../base/subjects.ts'

const series = { correct: '改', stop: '停', resume: '复' } as const

/** The next number of a series: 青建监改〔2026〕0015号, without gaps for each series and year. */
export async function nextNumber(tx: Db, ctx: Ctx, kind: keyof typeof series): Promise<string> {
  const { documentWord } = await getCounty(tx)
  const year = Number(ctx.today.slice(0, 4))
  const serial = await nextSerial(tx, `rectification.${kind}`, year)
  return `${documentWord}${series[kind]}〔${year}〕${String(serial).padStart(4, '0')}号`
}

export const seriesOf = ({ kind }: Notice) => (kind === 'correct' ? 'correct' : 'stop')

async function shared(tx: Db, ctx: Ctx, notice: Notice, number: string, { qr }: ReturnType<typeof newPaper>) {
  const { authority } = await getCounty(tx)
  const copies = [
    ...(notice.ownerName && notice.ownerId !== notice.orgId ? [`${notice.ownerName}（建设单位）`] : []),
    ...(notice.supervisionName && notice.supervisionId !== notice.orgId
      ? [`${notice.supervisionName}（监理单位）`]
      : []),
  ]
  return {
    authority,
    number,
    issuedOn: ctx.today,
    qr,
    addressee: notice.orgName,
    role: answerableRoles[notice.orgRole],
    project: {
      name: notice.projectName,
      address: notice.address,
      ...(notice.permitNo ? { permitNo: notice.permitNo } : {}),
    },
    inspectedOn: notice.foundOn,
    inspectors: notice.officers.map(({ name, certificate }) => ({ name, certNo: certificate })),
    cc: copies,
  }
}

const remedy = '如不服本决定，可以自收到本通知书之日起依法申请行政复议或者提起行政诉讼'

/** Prints the notice that is being issued and keeps it with its case. Answers the file's id. */
export async function printNotice(tx: Db, ctx: Ctx, notice: Notice): Promise<string> {
  const paper = newPaper(ctx)
  const head = await shared(tx, ctx, notice, notice.number!, paper)
  const { pdf } = notice.kind === 'correct' ? await correction(ctx, notice, head) : await stop(ctx, notice, head)
  return keepPaper(tx, ctx, notice.id, { id: paper.id, pdf, name: `${noticeKinds[notice.kind]} ${notice.number}.pdf` })
}

type Head = Awaited<ReturnType<typeof shared>>

function correction(ctx: Ctx, notice: Notice, head: Head) {
  const law = ctx.law()
  return ctx.house.printer.print('correction-notice', {
    ...head,
    basis: notice.basis,
    // Printed before it is served: a term is told in days from service, never as a date.
    items: notice.items.map(({ text, clause, requirement, days, severity }) => ({
      fact: text,
      clause,
      demand: requirement,
      deadline: sayTerm(days ?? termOf(law, severity)),
    })),
    ladder: { yellow: law.number('rectification.yellow_day'), red: law.number('rectification.red_day') },
    reply: '登录监督平台，在本通知书页面逐项填写整改情况并上传整改后照片，经总监理工程师签署意见后提交',
  })
}

const stop = (ctx: Ctx, notice: Notice, head: Head) =>
  ctx.house.printer.print('stop-order', {
    ...head,
    extent: notice.kind === 'stop_part' ? 'part' : 'whole',
    scope: notice.scope,
    basis: notice.basis,
    items: notice.items.map(({ text, clause }) => ({ fact: text, clause })),
    effectiveAt: sayInstant(new Date(ctx.now)),
    protection: notice.protection,
    resumeWhen: notice.resumeWhen,
    remedy,
  })

/** The day of the last re-inspection on site, else today: on it rests the resumption. */
function recheckedOn(ctx: Ctx, { items }: Notice): string {
  const last = items
    .flatMap(({ visits }) => visits.map(({ at }) => at))
    .sort()
    .at(-1)
  return last ? dayOf(new Date(last)) : ctx.today
}

/** Prints the 复工通知书 under its own number. Answers the file's id. */
export async function printResume(
  tx: Db,
  ctx: Ctx,
  notice: Notice,
  number: string,
  input: ResumeInput,
): Promise<string> {
  const paper = newPaper(ctx)
  const head = await shared(tx, ctx, notice, number, paper)
  const { opinion, by } = notice.resumeOpinion!
  const { pdf } = await ctx.house.printer.print('resume-order', {
    ...head,
    inspectedOn: recheckedOn(ctx, notice),
    stop: {
      title: noticeKinds[notice.kind],
      number: notice.number!,
      issuedOn: dayOf(new Date(notice.issuedAt!)),
      scope: notice.scope,
    },
    conclusion: input.conclusion,
    supervision: { unit: notice.supervisionName ?? notice.ownerName ?? '', person: by.name, opinion },
    effectiveAt: sayInstant(new Date(ctx.now)),
    conditions: input.conditions,
  })
  return keepPaper(tx, ctx, notice.id, { id: paper.id, pdf, name: `复工通知书 ${number}.pdf` })
}
