/** The typeface of text on the canvas, in the form in which the document loads it. */
export const mapTypeface = "500 12px 'Inter Variable'";
