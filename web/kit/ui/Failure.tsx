import { Link } from 'react-router'
import { ApiError } from '../api.ts'
import { issuesOf, sayIssue } from '../fields.ts'
import { sentenceFor } from '../rules.zh.ts'

/** A refusal or a break, in one sentence; `again` draws a button to try once more. */
export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const told = error instanceof ApiError ? error : new ApiError(0, 'internal', 'internal')
  const issues = issuesOf(told).slice(0, 5)
  return (
    <div className="failure" role="alert">
      <div>
        {sentenceFor(told)}
        {issues.length > 0 && (
          <ul>
            {issues.map((issue) => (
              <li key={JSON.stringify(issue.path) + issue.code}>
                {issue.path.join('.')} {sayIssue(issue)}
              </li>
            ))}
          </ul>
        )}
      </div>
      {/* What is missing or out of reach does not come by asking again. */}
      {again && told.kind === 'missing' && <Link to="/">回到待办</Link>}
      {again && told.kind !== 'missing' && (
        <button type="button" className="quiet" onClick={again}>
          重试
        </button>
      )}
    </div>
  )
}
