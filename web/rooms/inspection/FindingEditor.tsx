import {
  type DeductionAsk,
  deductionRulesOf,
  discretionLabel,
  type Finding,
  findDeductionRule,
  type FormItem,
  type InspectionView,
  mostPhotos,
  sayTerm,
  type Severity,
  severityTitles,
} from '@plumbline/core/inspection'
import { partyRoles } from '@plumbline/core/project'
import { Input, InputNumber, Select } from 'antd'
import { withFinding } from './entries.ts'
import { PhotoTaker } from './PhotoStrip.tsx'
import { askOf, sayRange, suggestDeductions } from './suggest.ts'
import type { Draft } from './useDraft.ts'

interface FindingEditorProps {
  finding: Finding
  /** Absent for a problem that stands on no question of the form. */
  item?: FormItem
  draft: Draft
  terms: InspectionView['terms']
}

const severities: Severity[] = ['general', 'serious', 'imminent']

/** One problem: what, by which rule it costs how much, how grave, whose, with photographs. */
export function FindingEditor({ finding, item, draft, terms }: FindingEditorProps) {
  const { record, change } = draft
  const edit = (part: Partial<Finding>) => change((now) => withFinding(now, { ...current(now), ...part }))
  const current = (now: typeof record) => now.findings.find(({ id }) => id === finding.id) ?? finding
  const editPhotos = (photosOf: (ids: readonly string[]) => string[]) =>
    change((now) => withFinding(now, { ...current(now), photos: photosOf(current(now).photos) }))
  const scored = item?.points !== null && item !== undefined
  const name = finding.itemName || '其他问题'
  return (
    <div className="finding" role="group" aria-label={`${name}的问题`}>
      <Input.TextArea
        value={finding.text}
        onChange={({ target }) => edit({ text: target.value })}
        readOnly={finding.spotId !== null}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={500}
        placeholder="写明部位和问题，例如：五楼临边没护栏，约 6 米"
        aria-label={`${name}的问题描述`}
      />
      {scored && (
        <Deductions finding={finding} item={item} onChange={(deductions) => edit({ deductions })} edit={edit} />
      )}
      <div className="severities" role="group" aria-label="严重程度">
        {severities.map((one) => (
          <button
            key={one}
            type="button"
            className={one}
            aria-pressed={finding.severity === one}
            onClick={() => edit({ severity: one })}
          >
            {severityTitles[one]} · {sayTerm(terms[one])}
          </button>
        ))}
      </div>
      <Select
        className="wide"
        value={finding.orgId || undefined}
        onChange={(orgId) => edit({ orgId })}
        options={record.units.map(({ orgId, orgName, role }) => ({
          value: orgId,
          label: `${partyRoles[role]} ${orgName}`,
        }))}
        aria-label="责任单位"
        placeholder="责任单位"
      />
      <Input
        value={finding.requirement}
        onChange={({ target }) => edit({ requirement: target.value })}
        maxLength={500}
        placeholder="整改要求，例如：补设防护栏杆"
        aria-label="整改要求"
      />
      <Input
        value={finding.clause}
        onChange={({ target }) => edit({ clause: target.value })}
        readOnly={finding.spotId !== null}
        maxLength={300}
        placeholder="依据"
        aria-label="依据"
      />
      <PhotoTaker
        ids={finding.photos}
        caption={finding.text || name}
        max={mostPhotos.finding}
        onAdd={(id) => editPhotos((ids) => [...ids, id])}
        onRemove={(id) => editPhotos((ids) => ids.filter((one) => one !== id))}
      />
      {finding.severity !== 'general' && finding.photos.length === 0 && (
        <p className="tiny warn">严重和重大问题须有照片。</p>
      )}
      {finding.spotId === null && (
        <button
          type="button"
          className="link"
          onClick={() => change((now) => ({ findings: now.findings.filter(({ id }) => id !== finding.id) }))}
        >
          删去这个问题
        </button>
      )}
    </div>
  )
}

interface DeductionsProps {
  finding: Finding
  item: FormItem
  onChange: (deductions: DeductionAsk[]) => void
  edit: (part: Partial<Finding>) => void
}

/** How many suggestions are drawn before the officer asks for the rest. */
const nearest = 3

function Deductions({ finding, item, onChange, edit }: DeductionsProps) {
  const { deductions, text } = finding
  const taken = new Set(deductions.flatMap((ask) => (ask.by === 'rule' ? [ask.rule] : [])))
  const open = suggestDeductions(item.code, text).filter(({ code }) => !taken.has(code))
  const replace = (at: number, ask: DeductionAsk) => onChange(deductions.with(at, ask))
  const pick = (code: string) => {
    const rule = findDeductionRule(code)
    if (rule) edit({ deductions: [...deductions, askOf(rule)], ...(text.trim() ? {} : { text: rule.text }) })
  }
  return (
    <div className="deductions">
      {deductions.map((ask, at) => (
        <DeductionLine
          // Deductions have no id of their own; they are only added at the end and taken away by place.
          key={at}
          ask={ask}
          item={item}
          onChange={(next) => replace(at, next)}
          onRemove={() => onChange(deductions.toSpliced(at, 1))}
        />
      ))}
      {open.slice(0, nearest).map((rule) => (
        <button key={rule.code} type="button" className="suggestion" onClick={() => pick(rule.code)}>
          建议：{rule.text} <b className="num">{sayRange(rule)}</b>
        </button>
      ))}
      {open.length > nearest && (
        <Select
          className="wide"
          value={null}
          onChange={pick}
          options={open.slice(nearest).map((rule) => ({ value: rule.code, label: `${rule.text} ${sayRange(rule)}` }))}
          placeholder={`其余 ${open.length - nearest} 条扣分标准`}
          aria-label="其余扣分标准"
        />
      )}
      <button
        type="button"
        className="link"
        onClick={() => onChange([...deductions, { by: 'discretion', text: text.trim() || item.title, points: 1 }])}
      >
        {deductionRulesOf(item.code).length > 0 ? `标准以外的情形，${discretionLabel}扣分` : `${discretionLabel}扣分`}
      </button>
      {deductions.length > 0 && (
        <p className="tiny muted num">
          本问题扣 {finding.points} 分，本项应得 {item.points} 分
        </p>
      )}
    </div>
  )
}

interface DeductionLineProps {
  ask: DeductionAsk
  item: FormItem
  onChange: (ask: DeductionAsk) => void
  onRemove: () => void
}

const perWords = { once: '', place: '处', person: '人', item: '项' }

function DeductionLine({ ask, item, onChange, onRemove }: DeductionLineProps) {
  const rule = ask.by === 'rule' ? findDeductionRule(ask.rule) : undefined
  const choice = ask.by === 'discretion' || (rule !== undefined && rule.min < rule.max)
  return (
    <div className="deduction">
      {ask.by === 'rule' ? (
        <span>{rule?.text ?? ask.rule}</span>
      ) : (
        <Input
          value={ask.text}
          onChange={({ target }) => onChange({ ...ask, text: target.value })}
          addonBefore={discretionLabel}
          maxLength={500}
          aria-label={`${discretionLabel}的理由`}
        />
      )}
      <span className="deduction-points num">
        扣
        {choice ? (
          <InputNumber
            value={ask.points}
            min={rule?.min ?? 0.5}
            max={rule?.max ?? item.points ?? undefined}
            step={rule ? 1 : 0.5}
            onChange={(points) => points !== null && onChange({ ...ask, points })}
            aria-label="扣分"
          />
        ) : (
          ` ${ask.points} `
        )}
        分
        {ask.by === 'rule' && rule && rule.per !== 'once' && (
          <>
            ×
            <InputNumber
              value={ask.count}
              min={1}
              precision={0}
              onChange={(count) => count !== null && onChange({ ...ask, count })}
              aria-label={`${perWords[rule.per]}数`}
            />
            {perWords[rule.per]}
          </>
        )}
        <button type="button" className="link" onClick={onRemove}>
          不扣
        </button>
      </span>
    </div>
  )
}
