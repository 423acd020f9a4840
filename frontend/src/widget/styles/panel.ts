import { css } from "lit";

/** Phones, in either direction, get the whole screen. The same text is asked of matchMedia. */
export const FULL_SCREEN_QUERY = "(max-width: 480px), (max-height: 430px) and (pointer: coarse)";

export const panelStyles = css`
  .launcher {
    position: fixed;
    right: max(20px, env(safe-area-inset-right));
    bottom: max(20px, env(safe-area-inset-bottom));
    display: grid;
    place-items: center;
    width: 58px;
    height: 58px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 28px;
    box-shadow: var(--launcher-shadow);
    transition: transform 0.16s ease, box-shadow 0.16s ease;
  }
  .left .launcher {
    right: auto;
    left: max(20px, env(safe-area-inset-left));
  }
  .launcher:hover {
    transform: translateY(-2px);
  }
  .launcher:active {
    transform: scale(0.96);
  }
  .launcher:focus-visible {
    outline: 3px solid var(--accent-ink);
    outline-offset: 3px;
    box-shadow: var(--launcher-shadow), 0 0 0 3px var(--surface);
  }
  .badge {
    position: absolute;
    top: -3px;
    right: -3px;
    min-width: 22px;
    height: 22px;
    padding: 0 6px;
    border-radius: 11px;
    background: #c5221f;
    color: #fff;
    font-size: 12px;
    font-weight: 700;
    line-height: 22px;
    text-align: center;
    box-shadow: 0 0 0 2px var(--surface);
  }
  .panel {
    position: fixed;
    right: max(20px, env(safe-area-inset-right));
    bottom: calc(max(20px, env(safe-area-inset-bottom)) + 72px);
    display: flex;
    flex-direction: column;
    width: min(400px, calc(100vw - 40px));
    height: min(680px, calc(100vh - 112px));
    height: min(680px, calc(100dvh - 112px));
    overflow: hidden;
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: var(--shadow);
    animation: rise 0.2s cubic-bezier(0.2, 0.8, 0.3, 1);
  }
  .left .panel {
    right: auto;
    left: max(20px, env(safe-area-inset-left));
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(14px) scale(0.985);
    }
  }
  .header {
    display: flex;
    align-items: center;
    gap: 12px;
    flex: none;
    padding: 14px 12px 14px 16px;
    background: var(--accent);
    color: var(--on-accent);
    /* Sets it apart from a bubble of the same colour that is scrolled to it. */
    position: relative;
    z-index: 1;
    box-shadow: 0 1px 6px rgb(16 24 40 / 0.35);
    touch-action: none;
  }
  .header .avatar {
    display: grid;
    place-items: center;
    flex: none;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--on-accent) 16%, transparent);
    font-size: 27px;
  }
  .titles {
    flex: 1;
    min-width: 0;
  }
  .title {
    margin: 0;
    overflow: hidden;
    font-size: 16px;
    font-weight: 650;
    line-height: 1.3;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .owner {
    margin: 1px 0 0;
    font-size: 13px;
    line-height: 1.3;
  }
  /* Broken between its parts before it is broken inside one. */
  .owner span {
    display: inline-block;
  }
  .icon-button {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 12px;
    font-size: 22px;
    transition: background-color 0.12s;
  }
  .icon-button:hover {
    background: color-mix(in srgb, currentColor 14%, transparent);
  }
  .header :focus-visible {
    outline-color: var(--on-accent);
    outline-offset: -3px;
  }
  .banner {
    flex: none;
    background: var(--warn);
    color: var(--warn-ink);
    font-size: 13px;
    text-align: center;
  }
  .banner span {
    display: block;
    padding: 7px 16px;
  }
  @media (max-width: 480px), (max-height: 430px) and (pointer: coarse) {
    .open .launcher {
      display: none;
    }
    .panel,
    .left .panel {
      top: var(--viewport-top, 0);
      right: 0;
      bottom: auto;
      left: 0;
      width: 100%;
      height: 100vh;
      height: var(--viewport-height, 100dvh);
      border-radius: 0;
      box-shadow: none;
    }
    .header {
      padding-top: calc(10px + env(safe-area-inset-top));
      padding-right: calc(8px + env(safe-area-inset-right));
      padding-bottom: 10px;
      padding-left: calc(16px + env(safe-area-inset-left));
    }
  }
  @media (forced-colors: active) {
    .launcher {
      border-color: CanvasText;
    }
    .panel {
      border: 1px solid CanvasText;
    }
    .header {
      border-bottom: 1px solid CanvasText;
    }
    .launcher:focus-visible {
      outline-color: Highlight;
    }
    .badge {
      border: 1px solid CanvasText;
      line-height: 20px;
    }
  }
`;
