/** The typeface of text on the canvas, written as `document.fonts.load` takes it. */
export const mapTypeface = "500 12px 'Inter Variable'";
