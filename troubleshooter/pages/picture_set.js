// Shows the pictures at some addresses, as the page in this tab might, and returns the size of each in pixels; null for what
// is no picture, or does not come in time.
// limit: how long to wait for each, in ms.
([urls, limit]) => Promise.all(urls.map((url) => new Promise((done) => {
  const image = new Image();
  const end = (size) => { clearTimeout(timer); image.onload = image.onerror = null; done(size); };
  const timer = setTimeout(() => { end(null); image.src = ''; }, limit);
  image.onload = () => end([image.naturalWidth, image.naturalHeight]);
  image.onerror = () => end(null);
  image.src = url;
})))
