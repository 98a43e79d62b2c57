//! The field that photos are chosen in: two plain file inputs, one for the camera. The page's script
//! makes tiles of them, shrinks what is chosen and shows how far the sending is.

use super::view::Picture;
use crate::{
    components::icon::Icon,
    words::{Locale, td_string},
};
use domain::requests::photos::{MOST_PHOTOS, Shows};
use leptos::{prelude::*, tachys::view::RenderHtml};

/// What the gallery offers. Not everything that is a picture: then an iPhone sends JPEG.
const KINDS: &str = "image/jpeg,image/png,image/webp";

/// The field as markup: `there` are sent already, `waiting` came with the form before it was refused.
pub fn markup(l: Locale, shows: Shows, there: usize, waiting: &[Picture]) -> String {
    let room = usize::from(MOST_PHOTOS).saturating_sub(there + waiting.len());
    let hint = match shows {
        Shows::Need => td_string!(l, photos.hint, n = MOST_PHOTOS).to_string(),
        Shows::Result => td_string!(l, photos.hint_result, n = MOST_PHOTOS).to_string(),
    };
    let kept = (!waiting.is_empty()).then(|| kept(l, waiting));
    view! {
        <div
            class="photo-field"
            data-photos=room.to_string()
            data-sending=td_string!(l, photos.sending)
            data-failed=td_string!(l, photos.failed)
            data-fits=td_string!(l, photos.fits, n = room).to_string()
            data-remove=td_string!(l, photos.remove)
        >
            <p class="label">{td_string!(l, photos.label)}</p>
            <p class="hint" id="photos-h">{hint}</p>
            {kept}
            {(room > 0).then(|| inputs(l))}
            <ul class="photo-row" data-shown=""></ul>
            <progress hidden="" data-progress=""></progress>
            <p class="meta" role="status" data-says=""></p>
        </div>
    }
    .into_any()
    .to_html()
}

fn inputs(l: Locale) -> AnyView {
    view! {
        <div class="photo-ways">
            <label class="upload" for="photos">
                <Icon name="plus"/>
                <span>{td_string!(l, photos.pick)}</span>
                <input
                    class="input"
                    type="file"
                    id="photos"
                    name="photos"
                    accept=KINDS
                    multiple=""
                    aria-describedby="photos-h"
                />
            </label>
            <label class="upload" for="photo">
                <Icon name="camera"/>
                <span>{td_string!(l, photos.take)}</span>
                <input
                    class="input"
                    type="file"
                    id="photo"
                    name="photo"
                    accept="image/*"
                    capture="environment"
                    aria-describedby="photos-h"
                />
            </label>
        </div>
    }
    .into_any()
}

/// What came before; each can be left out. Above the inputs, so that it is read first.
fn kept(l: Locale, waiting: &[Picture]) -> AnyView {
    let rows = waiting.iter().enumerate().map(|(at, photo)| {
        let alt = td_string!(l, photos.alt_kept, n = at + 1).to_string();
        view! {
            <li>
                <label class="check">
                    <img class="photo" src=format!("/photos/{}/small", photo.id) alt=alt/>
                    <input type="checkbox" name="drop_photo" value=photo.id.to_string()/>
                    <span>{td_string!(l, photos.leave_out)}</span>
                </label>
            </li>
        }
    });
    view! {
        <p class="hint">{td_string!(l, photos.kept)}</p>
        <ul class="photo-kept">{rows.collect_view()}</ul>
    }
    .into_any()
}
