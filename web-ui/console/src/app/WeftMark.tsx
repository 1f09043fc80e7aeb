/** The product's mark and name. */
export function WeftMark() {
  return (
    <span className="weft-mark">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
        <g fill="none" strokeWidth="3" strokeLinecap="round">
          <path d="M5 10h22M5 22h22" className="weft-mark-weft" />
          <path d="M10 4v6m0 12v6M22 4v6m0 12v6M10 14v4M22 14v4M16 4v3m0 6v6m0 6v3" className="weft-mark-warp" />
        </g>
      </svg>
      <span className="weft-mark-name">Weft</span>
    </span>
  );
}
