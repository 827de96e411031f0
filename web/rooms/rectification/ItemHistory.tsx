import { lastDayOf, type Mark, type NoticeItem, type Round, type Visit } from '@plumbline/core/rectification'
import { When } from '../../kit/ui/index.ts'
import { FiledPhotos } from './FiledPhotos.tsx'

export const hasHistory = ({ rounds, visits, visitOrdered, extensions }: NoticeItem): boolean =>
  rounds.length > 0 || visits.length > 0 || extensions.length > 0 || visitOrdered !== null

/** What happened to one item: every reply with what became of it, returned ones too, extensions and visits (REC-03). */
export function ItemHistory({ item }: { item: NoticeItem }) {
  const { rounds, extensions, visits, visitOrdered } = item
  const said = [
    rounds.length > 0 && `回复 ${rounds.length} 次`,
    extensions.length > 0 && `延期 ${extensions.length} 次`,
    visits.length > 0 && `现场复查 ${visits.length} 次`,
  ].filter(Boolean)
  return (
    <details>
      <summary className="tiny">{said.length > 0 ? said.join('，') : '已要求现场复查'}</summary>
      <ol className="rounds">
        {rounds.map((round, at) => (
          <RoundLine key={round.reply.by.at} round={round} at={at} earlier={at < rounds.length - 1} text={item.text} />
        ))}
        {extensions.map(({ from, to, reason, by }) => (
          <li key={by.at}>
            <By by={by} /> 延长期限：{lastDayOf(from)} 至 {lastDayOf(to)}，{reason}
          </li>
        ))}
        {visitOrdered && (
          <li>
            <By by={visitOrdered.by} /> 要求现场复查：{visitOrdered.reason}
          </li>
        )}
        {visits.map((visit) => (
          <VisitLine key={visit.by.at} visit={visit} />
        ))}
      </ol>
    </details>
  )
}

interface RoundLineProps {
  round: Round
  at: number
  /** The photographs of the last reply stand in the table already. */
  earlier: boolean
  text: string
}

function RoundLine({ round: { reply, countersign, review }, at, earlier, text }: RoundLineProps) {
  return (
    <li>
      <div>
        <By by={reply.by} post={reply.post} /> 第 {at + 1} 次回复：{reply.text}
      </div>
      {earlier && <FiledPhotos ids={reply.photos} caption={`第 ${at + 1} 次回复：${text}`} />}
      {countersign && (
        <div>
          <By by={countersign.by} post="监理" /> {countersign.agree ? '复核属实' : '退回整改'}
          {countersign.opinion && `，${countersign.opinion}`}
        </div>
      )}
      {review && (
        <div>
          <By by={review.by} post="监督员" /> {review.accept ? '审核合格' : '退回整改'}
          {review.reason && `，${review.reason}`}
        </div>
      )}
    </li>
  )
}

const sayMeters = ({ meters, source }: Visit['photos'][number]): string => {
  const place = source === 'picture' ? '照片自带位置' : '手机位置'
  return meters === null ? place : `${place}，距工地 ${Math.round(meters)} 米`
}

function VisitLine({ visit }: { visit: Visit }) {
  return (
    <li>
      <div>
        <By by={visit.by} /> 现场复查（
        <When at={visit.at} />
        ）：{visit.fixed ? '已整改到位' : '未整改到位'}，{visit.note}
      </div>
      <FiledPhotos
        ids={visit.photos.map(({ fileId }) => fileId)}
        caption={`现场复查：${visit.note}`}
        notes={Object.fromEntries(visit.photos.map((photo) => [photo.fileId, sayMeters(photo)]))}
      />
    </li>
  )
}

function By({ by, post = '' }: { by: Mark; post?: string }) {
  return (
    <span className="muted num">
      <When at={by.at} /> {post} {by.name}
    </span>
  )
}
