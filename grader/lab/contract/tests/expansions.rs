//! Both halves of the three practice problems' contracts, and of one with every carried type.

use contract_code::{AdapterItem, adapter, driver, parse_file};

const CONTRACTS: [(&str, &str); 4] = [
    ("exercise-1", include_str!("contracts/exercise-1.rs")),
    ("exercise-2", include_str!("contracts/exercise-2.rs")),
    ("exercise-3", include_str!("contracts/exercise-3.rs")),
    ("wide", include_str!("contracts/wide.rs")),
];

#[test]
fn a_contract_becomes_the_students_crate_for_a_driver() {
    for (name, text) in CONTRACTS {
        let tokens = driver(&parse_file(text).unwrap());
        let pretty = prettyplease::unparse(&syn::parse2(tokens).unwrap());
        insta::assert_snapshot!(format!("driver-{name}"), pretty);
    }
}

#[test]
fn a_contract_becomes_an_adapter_beside_the_submission() {
    for (name, text) in CONTRACTS {
        insta::assert_snapshot!(
            format!("adapter-{name}"),
            adapter(&parse_file(text).unwrap()).source
        );
    }
}

#[test]
fn each_line_of_an_adapter_stands_for_one_item_in_the_students_words() {
    for (name, text) in CONTRACTS {
        let adapter = adapter(&parse_file(text).unwrap());
        let told = adapter.items.iter().map(
            |AdapterItem {
                 line,
                 path,
                 signature,
                 owner,
                 kind,
             }| {
                let owner = owner.as_deref().unwrap_or("-");
                format!("{line:>3}  {kind:?}  {path}  of {owner}\n     {signature}\n")
            },
        );
        insta::assert_snapshot!(format!("items-{name}"), told.collect::<String>());
    }
}

#[test]
fn the_same_contract_becomes_the_same_bytes() {
    for (_, text) in CONTRACTS {
        let contract = parse_file(text).unwrap();
        assert_eq!(
            driver(&contract).to_string(),
            driver(&parse_file(text).unwrap()).to_string()
        );
        assert_eq!(
            adapter(&contract).source,
            adapter(&parse_file(text).unwrap()).source
        );
    }
}
