import { lastDayOf, type Notice, type Service } from '@plumbline/core/rectification'
import { Link } from 'react-router'
import { type Fact, Facts, When } from '../../kit/ui/index.ts'
import { FiledPhotos } from './FiledPhotos.tsx'
import { sayService, sayUnit } from './words.ts'

/** The last confirmation by the supervision unit, of whichever item. */
function lastCountersign({ items }: Notice) {
  return items
    .flatMap(({ rounds }) => rounds.flatMap(({ countersign }) => (countersign ? [countersign.by] : [])))
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .at(-1)
}

/** The earliest and the latest last day of the open items. */
function sayTerms({ items, state }: Notice): string {
  if (state === 'withdrawn') return ''
  const days = items.flatMap(({ due, state }) => (due && state !== 'accepted' ? [lastDayOf(due)] : [])).toSorted()
  const [first, last] = [days.at(0), days.at(-1)]
  if (!first || !last) return ''
  return first === last ? first : `${first} 至 ${last}，逐项计算`
}

const lines = (texts: readonly string[]) =>
  texts.length === 0 ? '' : texts.map((text) => <div key={text}>{text}</div>)

const sayCertified = ({ officers }: Notice) =>
  officers.map(({ name, certificate }) => (certificate ? `${name}（${certificate}）` : name)).join('、')

/** What a stop order states beyond a correction notice, and its end. */
const stopFacts = (notice: Notice): Fact[] => [
  { label: '停工范围', value: notice.scope, wide: true },
  { label: '停工期间安全防护', value: lines(notice.protection), wide: true },
  { label: '复工条件', value: lines(notice.resumeWhen), wide: true },
  ...(notice.resumeOpinion
    ? [
        {
          label: '监理复工意见',
          value: `${notice.resumeOpinion.by.name} ${notice.resumeOpinion.agree ? '同意' : '不同意'}，${notice.resumeOpinion.opinion}`,
          wide: true,
        },
      ]
    : []),
  ...(notice.resumed
    ? [{ label: '复工', value: `${notice.resumed.number}，${notice.resumed.conclusion}`, wide: true }]
    : []),
]

/** How it was served, with the signature or the photographs of it. */
const Served = ({ service }: { service: Service }) => (
  <>
    {sayService(service)}
    {service.photos.length > 0 && <FiledPhotos ids={service.photos} caption="送达签名或者照片" />}
  </>
)

/** 事实: where it comes from, who is responsible, who supervises, what it rests on, how it was served. */
export function NoticeFacts({ notice, phone }: { notice: Notice; phone?: boolean }) {
  const countersigned = lastCountersign(notice)
  const facts: Fact[] = [
    {
      label: '检查',
      value: notice.inspectionId ? (
        <Link to={`/inspection/${notice.inspectionId}`}>{notice.foundOn} 监督检查</Link>
      ) : (
        `${notice.foundOn} 监督员发现`
      ),
    },
    {
      label: '起因',
      // Only the bureau's officers and the site see the alarm itself; its page tells the others so.
      value: notice.alarmId && <Link to={`/alarm/${notice.alarmId}`}>监测报警</Link>,
    },
    {
      label: '责任单位',
      // The phone has no page for units.
      value: phone ? sayUnit(notice) : <Link to={`/org/${notice.orgId}`}>{sayUnit(notice)}</Link>,
    },
    { label: '监督员', value: sayCertified(notice) },
    { label: '期限', value: sayTerms(notice) },
    { label: '依据', value: lines(notice.basis) },
    {
      label: '监理复核',
      value: countersigned && (
        <>
          {countersigned.name} <When at={countersigned.at} />
        </>
      ),
    },
    ...(notice.service ? [{ label: '送达', value: <Served service={notice.service} />, wide: true }] : []),
    ...(notice.service?.readBy
      ? [
          {
            label: '签收',
            value: (
              <>
                {notice.service.readBy.name} <When at={notice.service.readBy.at} />
              </>
            ),
          },
        ]
      : []),
    ...(notice.kind === 'correct' ? [] : stopFacts(notice)),
    ...notice.reopenings.map(({ reason, by }, at) => ({
      label: `第 ${at + 1} 次重新开启`,
      value: `${by.name}，${reason}`,
      wide: true,
    })),
    ...(notice.withdrawn
      ? [{ label: '撤回', value: `${notice.withdrawn.by.name}，${notice.withdrawn.reason}`, wide: true }]
      : []),
  ]
  return <Facts facts={facts} />
}
