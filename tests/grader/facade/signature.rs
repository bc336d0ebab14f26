//! A function's signature as text that is equal where a caller cannot tell two functions apart: no
//! lifetimes, no names of arguments, types by their own name, bounds in order.

use std::collections::BTreeSet;

use serde_json::Value;

use super::rustdoc::{Documentation, list, text};

/// Renders what stands in one crate's documentation.
pub struct Signatures<'d> {
    documentation: &'d Documentation,
    /// The type whose functions these are.
    of: Option<&'d Value>,
}

impl<'d> Signatures<'d> {
    pub fn new(documentation: &'d Documentation, of: Option<&'d Value>) -> Self {
        Self { documentation, of }
    }

    /// `outer`: the generics of the `impl` around it.
    pub fn function(&self, function: &Value, outer: &Value) -> String {
        let header = &function["header"];
        let output = self.ty(&function["sig"]["output"]);
        // A function that answers a future is called as an `async` one is.
        let future = output.strip_prefix("impl Future<Output = ");
        let future = future.and_then(|inner| inner.strip_suffix('>'));
        let mut line = String::new();
        for (is_so, word) in [
            (header["is_const"] == true, "const "),
            (header["is_async"] == true || future.is_some(), "async "),
            (header["is_unsafe"] == true, "unsafe "),
        ] {
            if is_so {
                line.push_str(word);
            }
        }
        line.push_str("fn(");
        line.push_str(&self.all(list(&function["sig"]["inputs"]).map(|named| &named[1])));
        line.push(')');
        match future.unwrap_or(&output) {
            "()" => {}
            output => {
                line.push_str(" -> ");
                line.push_str(output);
            }
        }
        line + &self.bounds(&[outer, &function["generics"]])
    }

    /// The bounds of all these generics.
    pub fn bounds(&self, generics: &[&Value]) -> String {
        let mut bounds = BTreeSet::new();
        for generics in generics {
            self.generics(generics, &mut bounds);
        }
        if bounds.is_empty() {
            String::new()
        } else {
            format!(" where {}", Vec::from_iter(bounds).join(", "))
        }
    }

    /// A trait, with its arguments.
    pub fn path(&self, path: &Value) -> String {
        let name = self.documentation.name(&path["id"]);
        let name =
            name.unwrap_or_else(|| text(path, "path").rsplit("::").next().unwrap_or_default());
        let arguments = &path["args"];
        if let Some(call) = arguments.get("parenthesized") {
            return format!(
                "{name}({}) -> {}",
                self.all(list(&call["inputs"])),
                self.ty(&call["output"])
            );
        }
        let bracketed = &arguments["angle_bracketed"];
        let types = list(&bracketed["args"]).filter_map(|argument| argument.get("type"));
        let mut inside: Vec<_> = types.map(|ty| self.ty(ty)).collect();
        for constraint in list(&bracketed["constraints"]) {
            let ty = &constraint["binding"]["equality"]["type"];
            inside.push(format!("{} = {}", text(constraint, "name"), self.ty(ty)));
        }
        if inside.is_empty() {
            name.to_owned()
        } else {
            format!("{name}<{}>", inside.join(", "))
        }
    }

    fn all<'v>(&self, types: impl Iterator<Item = &'v Value>) -> String {
        types.map(|ty| self.ty(ty)).collect::<Vec<_>>().join(", ")
    }

    fn generics(&self, generics: &Value, bounds: &mut BTreeSet<String>) {
        let mut bound = |name: &str, list_of: &Value| {
            for bound in list(list_of) {
                bounds.insert(format!("{name}: {}", self.bound(bound)));
            }
        };
        for parameter in list(&generics["params"]) {
            if let Some(ty) = parameter["kind"]
                .get("type")
                .filter(|ty| ty["is_synthetic"] == false)
            {
                bound(text(parameter, "name"), &ty["bounds"]);
            }
        }
        for predicate in list(&generics["where_predicates"]) {
            if let Some(on) = predicate.get("bound_predicate") {
                bound(&self.ty(&on["type"]), &on["bounds"]);
            }
        }
    }

    fn bound(&self, bound: &Value) -> String {
        match bound.get("trait_bound") {
            Some(bound) if bound["modifier"] == "maybe" => {
                format!("?{}", self.path(&bound["trait"]))
            }
            Some(bound) => self.path(&bound["trait"]),
            None => bound["outlives"].as_str().unwrap_or("_").to_owned(),
        }
    }

    fn ty(&self, ty: &Value) -> String {
        let Some((kind, inner)) = ty.as_object().and_then(|ty| ty.iter().next()) else {
            return "()".to_owned();
        };
        match kind.as_str() {
            "resolved_path" if self.of == Some(&inner["id"]) => "Self".to_owned(),
            "resolved_path" => self.path(inner),
            "generic" | "primitive" => inner.as_str().unwrap_or("_").to_owned(),
            "borrowed_ref" if inner["is_mutable"] == true => {
                format!("&mut {}", self.ty(&inner["type"]))
            }
            "borrowed_ref" => format!("&{}", self.ty(&inner["type"])),
            "raw_pointer" => format!("*{}", self.ty(&inner["type"])),
            "slice" => format!("[{}]", self.ty(inner)),
            "array" => format!("[{}; {}]", self.ty(&inner["type"]), text(inner, "len")),
            "tuple" => format!("({})", self.all(list(inner))),
            "qualified_path" => {
                format!("{}::{}", self.ty(&inner["self_type"]), text(inner, "name"))
            }
            "impl_trait" => {
                let bounds: Vec<_> = list(inner).map(|bound| self.bound(bound)).collect();
                format!("impl {}", bounds.join(" + "))
            }
            other => other.to_owned(),
        }
    }
}
