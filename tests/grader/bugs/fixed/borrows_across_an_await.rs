//! fixed: what is awaited is there before the cell is borrowed

use std::cell::RefCell;
use std::rc::Rc;

use service::Service;
use tokio::task::LocalSet;

type Page = Rc<RefCell<Vec<String>>>;

async fn add_widget(service: Service, page: Page, name: &str) {
    service.call("fetch a widget", 10).await;
    page.borrow_mut().push(name.to_owned());
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let page = Page::default();
    let widgets = async {
        let clock = add_widget(service.clone(), page.clone(), "clock");
        let clock = tokio::task::spawn_local(clock);
        service.call("scroll", 15).await;
        let weather = add_widget(service.clone(), page.clone(), "weather");
        tokio::task::spawn_local(weather).await.unwrap();
        clock.await.unwrap();
    };
    LocalSet::new().run_until(widgets).await;
    Ok(())
}
