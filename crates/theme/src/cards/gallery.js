// Pictures of a row in a gallery get widths in proportion, so that all are equally high and none is cropped.
for (const image of document.querySelectorAll(".kg-gallery-image img")) {
  const width = Number(image.getAttribute("width"));
  const height = Number(image.getAttribute("height"));
  if (width > 0 && height > 0) image.closest(".kg-gallery-image").style.flex = `${width / height} 1 0%`;
}
