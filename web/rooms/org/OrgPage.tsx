import { orgContract, orgKinds, type OrgView } from '@plumbline/core/org'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct, useRoute } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { CasePage, Facts, Failure, Holds, Loaded, Section, StateTag, Steps, Timeline } from '../../kit/ui/index.ts'
import './org.css'
import { AmendForm, JoinForm, ReasonForm } from './step-forms.tsx'
import { useOrg } from './view.ts'

const forms = { amend: AmendForm, join: JoinForm, leave: ReasonForm, revoke: ReasonForm }

/** 企业: facts, the group it stands in, and what other rooms have of it. */
export function OrgPage() {
  return <Loaded found={useOrg()}>{(view) => <Shown view={view} />}</Loaded>
}

function Shown({ view }: { view: OrgView }) {
  const { record, head } = view
  const onAct = useAct(orgContract.act, record.id)
  return (
    <CasePage
      title={record.name}
      crumbs={[{ label: '企业库', to: '/orgs' }, { label: record.uscc }]}
      tags={<StateTag label={head.stateLabel} open={head.open} />}
      lead={record.kinds.map((kind) => orgKinds[kind]).join('、')}
      side={
        <>
          <Section title="现在该做">
            <Steps steps={view.steps} onAct={onAct} forms={forms} />
          </Section>
          <Slot name="org" id={record.id} acts={view.acts} side />
        </>
      }
    >
      <Holds holds={view.holds} />
      <Section title="企业信息">
        <Facts
          facts={[
            { label: '统一社会信用代码', value: <span className="num">{record.uscc}</span> },
            { label: '法定代表人', value: record.legalPerson },
            { label: '电话', value: <span className="num">{record.phone}</span> },
          ]}
        />
      </Section>
      <Group view={view} />
      <Slot name="org" id={record.id} side={false} />
      <Section title="经过">
        <Timeline acts={view.acts} />
      </Section>
    </CasePage>
  )
}

/** The group as a tree, from the unit above down; a branch is read when it is opened. */
function Group({ view }: { view: OrgView }) {
  const { parent, record, children } = view
  if (!parent && children.length === 0) return null
  const own = (
    <li>
      <b>{record.name}</b>
      <Branch rows={children} />
    </li>
  )
  return (
    <Section title="集团关系" note={children.length > 0 && `下属 ${children.length} 家`}>
      <ul className="org-tree">
        {parent ? (
          <li>
            <Link to={`/org/${parent.id}`}>{parent.name}</Link>
            <ul>{own}</ul>
          </li>
        ) : (
          own
        )}
      </ul>
    </Section>
  )
}

const Branch = ({ rows }: { rows: OrgView['children'] }) =>
  rows.length === 0 ? null : (
    <ul>
      {rows.map((row) => (
        <Node key={row.id} row={row} />
      ))}
    </ul>
  )

function Node({ row }: { row: OrgView['children'][number] }) {
  const [open, setOpen] = useState(false)
  const below = useRoute(orgContract.get, { params: { id: row.id } }, { enabled: open })
  return (
    <li>
      <button
        type="button"
        className="quiet"
        aria-expanded={open}
        aria-label={`${row.name} 的下属单位`}
        onClick={() => setOpen(!open)}
      >
        {open ? '−' : '+'}
      </button>{' '}
      <Link to={`/org/${row.id}`}>{row.name}</Link>
      {open && below.data && below.data.children.length === 0 && <span className="tiny muted">　没有下属单位</span>}
      {open && below.data && <Branch rows={below.data.children} />}
      {below.error && <Failure error={below.error} again={() => void below.refetch()} />}
    </li>
  )
}
