//! An item of the contract as the student would write it, in one line.

use quote::quote;

use crate::contract::{Data, Field, Fields, Function, Object, Shape, Trait};
use crate::spelling::spell;

pub(crate) fn of_function(function: &Function) -> String {
    let signature = &function.signature;
    spell(&quote!(pub #signature))
}

pub(crate) fn of_data(data: &Data) -> String {
    let name = &data.name;
    match &data.shape {
        Shape::Struct(fields) => {
            let end = if matches!(fields, Fields::Tuple(_)) {
                ";"
            } else {
                ""
            };
            format!("pub struct {name}{}{end}", of_fields(fields, "pub "))
        }
        Shape::Enum(variants) => {
            let variants = variants
                .iter()
                .map(|variant| format!("{}{}", variant.name, of_fields(&variant.fields, "")));
            format!(
                "pub enum {name} {{ {} }}",
                variants.collect::<Vec<_>>().join(", ")
            )
        }
    }
}

fn of_fields(fields: &Fields, visibility: &str) -> String {
    let each = fields
        .all()
        .iter()
        .map(|Field { name, written, .. }| match name {
            Some(name) => format!("{visibility}{name}: {}", spell(written)),
            None => format!("{visibility}{}", spell(written)),
        });
    let each = each.collect::<Vec<_>>().join(", ");
    match fields {
        Fields::Unit => String::new(),
        Fields::Tuple(_) => format!("({each})"),
        Fields::Named(_) => format!(" {{ {each} }}"),
    }
}

pub(crate) fn of_trait(object: &Object, implemented: &Trait) -> String {
    let Trait { kind, written, .. } = implemented;
    format!(
        "impl {} for {} {{ type {} = {}; }}",
        kind.name(),
        object.name,
        kind.gives(),
        spell(written)
    )
}
