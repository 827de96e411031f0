import { severityTitles } from '@plumbline/core/inspection'
import { itemStateTitles, type NoticeItem } from '@plumbline/core/rectification'
import { Section, Tag } from '../../kit/ui/index.ts'
import { BeforeAndAfter, FiledPhotos } from './FiledPhotos.tsx'
import { hasHistory, ItemHistory } from './ItemHistory.tsx'
import { photosAfter, trackOf, useNotice } from './notice.ts'
import { itemTones, sayTermOf, sayTrack } from './words.ts'

/** 整改项 on the console: what was wrong, before and after side by side, how it stands, and below each what happened to it. */
export function NoticeItems() {
  const { record } = useNotice()
  const answered = record.items.filter(({ state }) => state !== 'fixing').length
  return (
    <Section title="整改项" note={`共 ${record.items.length} 项 · 已回复 ${answered}`}>
      <table className="plain notice-items">
        <thead>
          <tr>
            <th scope="col">问题与条款</th>
            <th scope="col">整改前</th>
            <th scope="col">整改后</th>
            <th scope="col">期限</th>
            <th scope="col">状态</th>
          </tr>
        </thead>
        {record.items.map((item) => (
          <tbody key={item.id}>
            <tr>
              <td>
                <ItemWords item={item} />
              </td>
              <td>
                <FiledPhotos ids={item.photos} caption={`整改前：${item.text}`} />
              </td>
              <td>
                <FiledPhotos ids={photosAfter(item)} caption={`整改后：${item.text}`} />
              </td>
              <td>
                <ItemTerm item={item} />
              </td>
              <td>
                <ItemTags item={item} />
              </td>
            </tr>
            {hasHistory(item) && (
              <tr className="item-history">
                <td colSpan={5}>
                  <ItemHistory item={item} />
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </Section>
  )
}

/** 整改项 on the phone: one card each. */
export function NoticeItemCards() {
  const { record } = useNotice()
  return record.items.map((item, at) => (
    <section key={item.id} className="card item-card" aria-label={`整改项：${item.text}`}>
      <div className="item-card-head">
        <span className="tiny muted num">
          第 {at + 1} 项，共 {record.items.length} 项
        </span>
        <ItemTags item={item} />
      </div>
      <ItemWords item={item} />
      <p className="tiny">
        <ItemTerm item={item} />
      </p>
      <BeforeAndAfter item={item} />
      {hasHistory(item) && <ItemHistory item={item} />}
    </section>
  ))
}

function ItemWords({ item }: { item: NoticeItem }) {
  return (
    <>
      {item.text}
      <div className="tiny muted">
        {item.clause} · {severityTitles[item.severity]}
      </div>
      <div className="tiny">要求：{item.requirement}</div>
    </>
  )
}

function ItemTerm({ item }: { item: NoticeItem }) {
  const view = useNotice()
  const track = trackOf(view, item)
  return (
    <>
      <span className="num nowrap">{sayTermOf(item, view.terms)}</span>
      {track && <span className={`tiny num track${track.overdue ? ' late' : ' muted'}`}>{sayTrack(track)}</span>}
      {item.extensions.length > 0 && <span className="tiny muted track">已延期 {item.extensions.length} 次</span>}
    </>
  )
}

/** An item that lies with the unit again says how it came back: returned, or opened anew after closure. */
function sayState({ state, rounds }: NoticeItem): string {
  const last = rounds.at(-1)
  if (state !== 'fixing' || !last) return itemStateTitles[state]
  return last.review?.accept ? '重新整改' : '已退回，待整改'
}

function ItemTags({ item }: { item: NoticeItem }) {
  const view = useNotice()
  if (view.record.state === 'withdrawn') return <Tag tone="plain">已撤回</Tag>
  return (
    <span className="item-tags">
      <Tag tone={itemTones[item.state]}>{sayState(item)}</Tag>
      {trackOf(view, item)?.overdue && <Tag tone="red">逾期</Tag>}
      {item.visitOrdered && item.state !== 'accepted' && <Tag tone="plain">须现场复查</Tag>}
    </span>
  )
}
